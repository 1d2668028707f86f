using System.CommandLine;
using StreamSense.Tool.Inspecting;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense view</c>: what one view's events became, line by line.</summary>
internal static class ViewCommand
{
    private const string Description =
        """
        Shows the timeline of one view: a line an event, with the state after it, the time credited since
        the line above, to which state, and by which rule; then what became of the view.

        VIEW is the view's id as the files have it, or its pseudonym of 16 hexadecimal digits as
        'measure --samples' prints it under the same --key. All FILEs form one closed set, as for 'measure'.

        Example:
          streamsense view v-81 events.ndjson
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var view = new Argument<string>("VIEW") { Description = "The view's id, or its pseudonym." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("view", Description);
        command.Arguments.Add(view);
        var inputs = new InputArguments(command, "look into");
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            ReadOnlyMemory<byte> report = ProgressDisplay.Run(
                streams,
                progress => ViewInspection.Run(
                    parsed.GetRequiredValue(view), inputs.ToMeasure(parsed, damaged), streams.Input, progress, cancellationToken));
            ViewPrinter.Print(report, streams, parsed.GetValue(json));
        }));
        return command;
    }
}
