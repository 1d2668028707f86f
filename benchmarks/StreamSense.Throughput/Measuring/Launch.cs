using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace StreamSense.Throughput.Measuring;

/// <summary>A measurement of a scenario in a process of its own, and what it says of a contender.</summary>
public static class Launch
{
    /// <summary>Measures a scenario.</summary>
    /// <param name="scenario">Its name.</param>
    /// <param name="options">How long to measure.</param>
    /// <param name="switchedOff">A variable of the environment that is 0 there, which the runtime reads at its start; or null.</param>
    /// <returns>The result as <see cref="ResultFile"/> writes it.</returns>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static JsonElement Run(string scenario, RunOptions options, string? switchedOff = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            List<string> arguments = [scenario, "--rounds", options.Rounds.ToString(CultureInfo.InvariantCulture), "--json", path];
            if (options.IsShort)
            {
                arguments.Insert(1, "--short");
            }

            var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
            }

            arguments.ForEach(start.ArgumentList.Add);
            if (switchedOff is not null)
            {
                start.Environment[switchedOff] = "0";
            }

            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{scenario}, measured in a process of its own, ended with {process.ExitCode}.");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Measures a scenario once more.</summary>
    /// <param name="result">What was measured of it.</param>
    /// <param name="options">How long to measure.</param>
    /// <returns>The same rows with other figures.</returns>
    public static ScenarioResult Repeat(ScenarioResult result, RunOptions options)
    {
        JsonElement run = Run(result.Scenario, options);
        return result with { Rows = [.. result.Rows.SelectMany(row => RowsLike(row, run))], QuietRounds = QuietRoundsOf(run) };
    }

    /// <summary>How many rounds the machine was quiet in.</summary>
    public static int QuietRoundsOf(JsonElement run) => run.GetProperty("quietRounds").GetInt32();

    /// <summary>The row of the same case and contender, if there is one.</summary>
    public static IEnumerable<ResultRow> RowsLike(ResultRow row, JsonElement run) =>
        from other in run.GetProperty("rows").EnumerateArray()
        where other.GetProperty("case").GetString() == row.Case && other.GetProperty("contender").GetString() == row.Contender
        let ratio = other.GetProperty("ratio")
        select row with
        {
            Figures = [.. row.Figures.Select(figure => figure with { Value = other.GetProperty(figure.Name).GetDouble() })],
            Ratio = ratio.ValueKind == JsonValueKind.Number ? ratio.GetDouble() : 0,
        };
}
