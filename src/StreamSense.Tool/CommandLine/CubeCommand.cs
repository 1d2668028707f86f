using System.CommandLine;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Cubes;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense cube</c>: files in, their views grouped and cut into windows out.</summary>
internal static class CubeCommand
{
    private const string Description =
        """
        Groups the views of event files by one to three dimensions, in windows if asked.

        A row is a group, or a group in a window. An attempt counts in the window of its request, a play in
        that of its first frame, and all else of a view, its seconds included, in that of its end. Over all
        the time rows add up to what 'measure' says, but for genres: a view counts in each that it has.

        All FILEs form one closed set, as for 'measure'. Beside the set a row takes some 500 bytes.

        Examples:
          streamsense cube --by country,cdn events.ndjson
          streamsense cube --by title --where country=DE --every 1h --top 5 events.ndjson
          streamsense cube --by app --metrics attempts,startFailures,startupP95Ms --order startupP95Ms events.ndjson
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        string[] names = [.. MetricColumn.All.Select(column => column.Name)];
        Option<string[]> by = ChoiceOption.CreateList(
            "--by", $"By what to group, by comma: {string.Join(", ", DimensionNames.All)}.", DimensionNames.All);
        Option<CubeLevel?> every = EveryOption.Create();
        Option<string[]> metrics = ChoiceOption.CreateList(
            "--metrics", $"The columns of the table, by comma; the JSON has them all. Of {string.Join(", ", names)}.", names);
        Option<string> order = ChoiceOption.Create("--order", "The metric of which the greatest comes first. Default: attempts.", names);
        order.HelpName = "METRIC";
        Option<int?> top = NumberOption.CreateOptional<int>("--top", "How many groups. Default: all in JSON, 20 in the table.", least: 1);
        var command = new Command("cube", Description);
        command.Options.Add(by);
        command.Options.Add(every);
        var arguments = new CubeArguments(command, "group");
        command.Options.Add(metrics);
        command.Options.Add(order);
        command.Options.Add(top);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            var question = new CubeQuestion
            {
                Input = arguments.Input(parsed, damaged),
                By = [.. parsed.GetRequiredValue(by).Select(name => DimensionNames.Named(name)!.Value)],
                Where = arguments.Where(parsed),
                Every = parsed.GetValue(every),
                OrderBy = parsed.GetValue(order) is { } name ? MetricColumn.Named(name).Metric : CubeMetric.Attempts,
                Top = parsed.GetValue(top),
                MaxValues = arguments.MaxValues(parsed),
            };
            MeasureReport report = ProgressDisplay.Run(
                streams, progress => CubeRun.Run(question, streams.Input, progress, cancellationToken));
            MetricColumn[] columns = [.. parsed.GetRequiredValue(metrics).Select(MetricColumn.Named)];
            CubePrinter.Print(report, columns.Length > 0 ? columns : MetricColumn.Usual, question.Top, streams, arguments.Json(parsed));
        }));
        return command;
    }
}
