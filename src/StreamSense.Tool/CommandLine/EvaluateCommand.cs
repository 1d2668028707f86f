using System.CommandLine;
using System.CommandLine.Parsing;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense evaluate</c>: how well a model orders what users took afterwards.</summary>
internal static class EvaluateCommand
{
    private const int LargestCutoff = 1_000;

    private const string Description =
        """
        Trains a model on ratings or plays and says how well it orders what the same users took afterwards,
        beside popularity and decayed popularity.

        For each user with test rows all items are ranked but those of the training rows; every row counts,
        whatever its rating. Recall is hits / |test|, recallCapped hits / min(k, |test|); equal scores are
        ranked by item id. Intervals are those of 95 % of samples of users, drawn again.

        A FILE holds lines of cells (comma, tab, semicolon, '|' or '::'; with a header that names them, or
        user, item, rating, time in this order) or canonical events, of which ratings count, and plays where
        there are no ratings. --map takes a mapping as 'measure' does, or says which column is what, as JSON
        or lines of name=value: user, item, rating, time (a name, or a number from 0), separator, header.

        Example:
          streamsense evaluate --model ease --train train.csv --test test.csv
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var model = new Option<string>("--model")
        {
            Description = "The model: " + string.Join("; ", ModelChoices.All.Select(choice => $"{choice.Name}: {choice.Says}")) + ".",
            HelpName = "MODEL",
            Required = true,
        };
        model.AcceptOnlyFromAmong([.. ModelChoices.All.Select(choice => choice.Name)]);
        Option<string> train = FileOption("--train", "What to learn from.", required: true);
        Option<string> test = FileOption("--test", "What to be judged by.", required: true);
        Option<string> map = FileOption("--map", "How the files are read.", required: false);
        Option<int> k = NumberOption.Create("--k", "How many places of a list count.", 10, 1, LargestCutoff);
        Option<int?> seed = NumberOption.CreateOptional<int>("--seed", "What all that is random follows from.");
        var options = new Option<string[]>("--options")
        {
            Description = "Options of the model: " + string.Join("; ", ModelChoices.All
                .Where(choice => choice.OptionNames.Count > 0)
                .Select(choice => $"{choice.Name}: {string.Join(", ", choice.OptionNames)}")) + ".",
            HelpName = "NAME=VALUE,…",
        };
        options.Validators.Add(CheckOptions);
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("evaluate", Description) { model, train, test, map, k, seed, options, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var evaluate = new EvaluateOptions
            {
                Model = parsed.GetRequiredValue(model),
                TrainFile = parsed.GetRequiredValue(train),
                TestFile = parsed.GetRequiredValue(test),
                MapFile = parsed.GetValue(map),
                K = parsed.GetValue(k),
                Seed = parsed.GetValue(seed),
                ModelOptions = [.. Pairs(parsed.GetValue(options) ?? []).Select(Split)],
            };
            EvaluateReport report = EvaluateProgress.Run(
                streams, progress => EvaluateRun.Run(evaluate, TimeProvider.System, progress, cancellationToken));
            EvaluatePrinter.Print(report, streams, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<string> FileOption(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "FILE", Required = required };

    private static IEnumerable<string> Pairs(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static KeyValuePair<string, string> Split(string pair)
    {
        int at = pair.IndexOf('=', StringComparison.Ordinal);
        return new(pair[..at].TrimEnd(), pair[(at + 1)..].TrimStart());
    }

    private static void CheckOptions(OptionResult result)
    {
        foreach (string pair in Pairs(result.Tokens.Select(token => token.Value)))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) < 1)
            {
                result.AddError($"--options takes NAME=VALUE, not '{pair}'");
            }
        }
    }
}
