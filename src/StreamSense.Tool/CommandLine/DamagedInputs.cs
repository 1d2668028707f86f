using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary>The inputs of a command whose ends could not be read: the report is of what comes before, and then they are named.</summary>
internal sealed class DamagedInputs
{
    private readonly List<string> _complaints = [];

    private DamagedInputs()
    {
    }

    /// <summary>Runs a command that reads inputs.</summary>
    /// <param name="streams">Where to complain.</param>
    /// <param name="command">The command; it reports what it read.</param>
    /// <returns>Its exit code.</returns>
    public static Task<int> RunAsync(ToolStreams streams, Action<DamagedInputs> command)
    {
        var inputs = new DamagedInputs();
        int exitCode = ExitCode.Success;
        try
        {
            command(inputs);
        }
        finally
        {
            foreach (string complaint in inputs._complaints)
            {
                exitCode = ToolCommand.Complain(streams, complaint);
            }
        }

        return Task.FromResult(exitCode);
    }

    /// <summary>Adds one.</summary>
    /// <param name="complaint">What is wrong with it.</param>
    public void Add(string complaint) => _complaints.Add(complaint);
}
