using System.CommandLine;
using StreamSense.Core.Metrics;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense scorecard</c>: files in, how good each source is out.</summary>
internal static class ScorecardCommand
{
    private const string Description =
        """
        Says of each source and app version how good its events are: losses seen by gaps in 'seq',
        duplicates, lateness, wrong clocks, views without an end, visits of bots; and of each format what
        was rejected and why. The source with most problems stands first.

        Example:
          streamsense scorecard events.ndjson
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        Option<TimeSpan?> lateness = LatenessOption.Create();
        var command = new Command("scorecard", Description);
        var inputs = new InputArguments(command, "judge");
        command.Options.Add(lateness);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            MeasureOptions options = inputs.ToMeasure(parsed, damaged) with { Lateness = parsed.GetValue(lateness) };
            Scorecard scorecard = ProgressDisplay.Run(
                streams, progress => ScorecardRun.Run(options, streams.Input, progress, cancellationToken));
            ScorecardPrinter.Print(scorecard, streams.Output, parsed.GetValue(json));
        }));
        return command;
    }
}
