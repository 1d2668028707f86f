using System.CommandLine;
using System.Globalization;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Tool.Converting;
using StreamSense.Tool.Failures;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense failed list|show|replay</c>: records that did not pass the door.</summary>
internal static class FailedCommand
{
    private const int ListedByDefault = 50;

    private const string Description =
        """
        Looks at records that did not pass the door, and brings them to it again.

        FOLDER is what a pipeline keeps them in (KeepFailedEventsIn), or what measure and convert were given
        as --failed. Reason, rule and place are in clear; the bytes of a record are sealed under the key of
        the pseudonyms, because they hold raw ids: --key opens them.
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams) => new("failed", Description)
    {
        List(streams),
        Show(streams),
        Replay(streams),
    };

    private static Command List(ToolStreams streams)
    {
        var command = new Command("list", "Lists failed records, the newest last, and counts them by reason.");
        var selection = new FailedArguments(command, keyIsRequired: false);
        var limit = new Option<int>("--limit")
        {
            Description = "At most so many lines.", HelpName = "N", DefaultValueFactory = _ => ListedByDefault,
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a record and nothing else." };
        command.Options.Add(limit);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            IReadOnlyList<StoredFailure> failures = selection.Of(parsed).Read();
            if (parsed.GetValue(json))
            {
                FailedPrinter.Json(streams.Output, failures);
            }
            else
            {
                FailedPrinter.List(streams.Output, failures, parsed.GetValue(limit));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(ToolStreams streams)
    {
        var command = new Command("show", "Shows everything that is known of a failed record.");
        var id = new Argument<string>("ID") { Description = "The record's id, as list prints it." };
        var selection = new FailedArguments(command, keyIsRequired: false);
        command.Arguments.Add(id);
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetRequiredValue(id);
            IReadOnlyList<StoredFailure> failures = (selection.Of(parsed) with { Id = wanted }).Read();
            if (failures.Count == 0)
            {
                throw new InputException($"there is no failed record {wanted}; 'streamsense failed list' names them");
            }

            FailedPrinter.Show(streams.Output, failures[0]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Replay(ToolStreams streams)
    {
        var command = new Command(
            "replay", "Brings failed records to the door again, as after a change of a mapping or a release, and writes those that pass.");
        var selection = new FailedArguments(command, keyIsRequired: true);
        var output = new OutputArguments(command);
        var map = new Option<string?>("--map") { Description = "The mapping file of records that a mapping read.", HelpName = "FILE" };
        command.Options.Add(map);
        command.SetAction(parsed =>
        {
            FailedSelection selected = selection.Of(parsed);
            IReadOnlyList<StoredFailure> failures = selected.Read();
            using OutputFile file = OutputFile.Open(output.File(parsed), streams.StandardOutput, []);
            ReplayReport report = FailedReplay.Run(
                failures, output.Format(parsed), file.Stream, ToolKey.Load(selected.KeyFile), parsed.GetValue(map));
            streams.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Passed:N0} records pass now ({report.Events:N0} events), {report.FailedAgain:N0} fail again, "
                + $"{report.NotRecoverable:N0} cannot be tried, {report.UnknownFormat:N0} are of a format that needs --map"));
            return ExitCode.Success;
        });
        return command;
    }
}
