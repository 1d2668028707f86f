using System.CommandLine;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Modelling;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense rank</c>: what a model of a registry would show.</summary>
internal static class RankCommand
{
    private const string Description =
        """
        Ranks by a model of a registry, to see what it would show.

        A collaborative model ranks all its titles but those that the viewer took: by --viewer in the ratings
        or plays of --history, or by --titles. A model of features ranks the rows of an svmlight file, each
        query by itself.

        Example:
          streamsense rank --registry models --model home-titles@1 --titles 31,1029
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        Option<string> registry = ModelsCommand.RegistryOption();
        var model = new Option<string>("--model")
        {
            Description = "The model; without a version the one that serves.", HelpName = "NAME[@VERSION]", Required = true,
        };
        Option<string?> viewer = Text("--viewer", "The viewer, as --history names them.", "ID");
        Option<string?> history = Text("--history", "Ratings or plays of the viewer, among those of others.", "FILE");
        Option<string?> map = Text("--map", "How the history is read, as for 'evaluate'.", "FILE");
        Option<string?> titles = Text("--titles", "What the viewer took, instead of a history.", "A,B,C");
        Option<string?> data = Text("--data", "Rows of features in svmlight form.", "FILE");
        Option<string?> query = Text("--query", "How many rows each query has, a number a line.", "FILE");
        Option<int> top = NumberOption.Create("--top", "How many places.", 10, 1, int.MaxValue);
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("rank", Description) { registry, model, viewer, history, map, titles, data, query, top, json };
        command.Validators.Add(result =>
        {
            int told = (result.GetValue(history) is null ? 0 : 1) + (result.GetValue(titles) is null ? 0 : 1)
                + (result.GetValue(data) is null ? 0 : 1);
            if (told != 1)
            {
                result.AddError("rank needs one of --history, --titles and --data");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var rank = new RankOptions
            {
                Registry = parsed.GetRequiredValue(registry),
                Model = parsed.GetRequiredValue(model),
                Viewer = parsed.GetValue(viewer),
                HistoryFile = parsed.GetValue(history),
                MapFile = parsed.GetValue(map),
                Titles = (parsed.GetValue(titles) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                DataFile = parsed.GetValue(data),
                QueryFile = parsed.GetValue(query),
                Top = parsed.GetValue(top),
            };
            RankReport report = EvaluateProgress.Run(streams, progress => RankRun.Run(rank, progress, cancellationToken));
            RankPrinter.Print(report, streams, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };
}
