using System.CommandLine;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense measure</c>: files in, one report out.</summary>
internal static class MeasureCommand
{
    private const string Description =
        """
        Measures event files and prints audience, quality, startup and engagement.

        All FILEs form one closed set: its order is resolved, duplicates count once, and views still open
        close at their last event. The set is held in memory: 128 bytes an event, 16 to 32 more for telling
        duplicates, and its text; ten million events take some 1.6 GB.

        Events that say nothing of consent are measured; events whose consent lacks 'measurement' are
        rejected as NoConsent. Files in gzip are read as they are; of one that is damaged or cut off, what
        comes before the damage is measured. Exit code: 0 when the input was measured, rejected records
        included; 2 for wrong arguments and for a file that is missing or cannot be read to its end.

        Examples:
          streamsense measure --by title events.ndjson
          streamsense measure --every 1h events.ndjson
          streamsense measure --format combined --json access.log access.log.1.gz
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        Option<string> by = ChoiceOption.Create(
            "--by",
            "Also measures each value of a dimension. 'streamsense cube' has more of them, several at once, and windows.",
            [.. MeasureOptions.Dimensions]);
        string[] profiles = [.. MetricProfile.All.Select(candidate => candidate.Name)];
        Option<string> profile = ChoiceOption.Create("--profile", "Also measures by the definitions of a standard or product.", profiles);
        Option<string> against = ChoiceOption.Create(
            "--against", "Says why the definitions of another differ on the same views, term by term.", profiles);
        Option<TimeSpan?> every = WindowOption.Create();
        Option<TimeSpan?> lateness = LatenessOption.Create();
        var parallel = new Option<bool>("--parallel")
        {
            Description = "Uses every core. The sums are the same to the bit; only NDJSON is also read in parallel.",
        };
        Option<ReportSections?> sections = SectionsOption.Create();
        var samples = new Option<bool>("--samples")
        {
            Description = "Names some views that stalled, failed, bounced and so on. 'streamsense view' shows what happened to one, "
                + "under the same --key.",
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("measure", Description);
        var inputs = new InputArguments(command, "measure");
        command.Options.Add(by);
        command.Options.Add(every);
        command.Options.Add(profile);
        command.Options.Add(against);
        command.Options.Add(lateness);
        command.Options.Add(parallel);
        command.Options.Add(sections);
        command.Options.Add(samples);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            MeasureOptions options = inputs.ToMeasure(parsed, damaged) with
            {
                By = parsed.GetValue(by),
                Every = parsed.GetValue(every),
                Profile = Named(parsed.GetValue(profile)),
                Against = Named(parsed.GetValue(against)),
                Lateness = parsed.GetValue(lateness),
                Threads = parsed.GetValue(parallel) ? Environment.ProcessorCount : 1,
                Sections = (parsed.GetValue(sections) ?? ReportSections.Default)
                    | (parsed.GetValue(samples) ? ReportSections.Samples : ReportSections.None),
            };
            MeasureReport report = ProgressDisplay.Run(
                streams, progress => Measurement.Run(options, streams.Input, progress, cancellationToken));
            ReportPrinter.Print(report, streams, parsed.GetValue(json));
        }));
        return command;
    }

    private static MetricProfile? Named(string? name) => MetricProfile.TryGet(name, out MetricProfile? profile) ? profile : null;
}
