using System.CommandLine;
using StreamSense.Tool.Converting;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense convert</c>: files of any format in, canonical events out.</summary>
internal static class ConvertCommand
{
    private const string Description =
        """
        Converts event files of any format to canonical events, in the order in which they stand.

        Ids of viewers, households, devices, views and visits leave as pseudonyms ('~' and 16 hexadecimal
        digits), made with the key of --key, or with one that is forgotten after the run: files that shall
        be joined need the same key. Duplicates stay, and keep their identity. What cannot be converted is
        counted and the first complaints are printed to standard error, as is the summary. Exit code: 0 when
        the input was converted, rejected records included; 2 for wrong arguments and for files that cannot
        be read to their end, or written.

        Example:
          streamsense convert --format cmcd-query --out events.ndjson requests.log
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var command = new Command("convert", Description);
        var inputs = new InputArguments(command, "convert");
        var output = new OutputArguments(command);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            var options = new ConvertOptions
            {
                Files = inputs.Files(parsed),
                Format = inputs.Format(parsed),
                MapFile = inputs.MapFile(parsed),
                Output = output.File(parsed),
                To = output.Format(parsed),
                KeyFile = inputs.KeyFile(parsed),
                FailedFolder = inputs.FailedFolder(parsed),
                Damaged = damaged.Add,
            };
            Run(options, streams, cancellationToken);
        }));
        return command;
    }

    private static void Run(ConvertOptions options, ToolStreams streams, CancellationToken cancellationToken)
    {
        using OutputFile output = OutputFile.Open(options.Output, streams.StandardOutput, options.Files);
        ConvertReport report = ProgressDisplay.Run(streams, progress => Conversion.Run(
            options,
            streams.Input,
            output.Stream,
            total => progress?.Begin(total),
            bytes => progress?.Read(bytes),
            cancellationToken));
        foreach (string line in report.Lines())
        {
            streams.Error.WriteLine(line);
        }
    }
}
