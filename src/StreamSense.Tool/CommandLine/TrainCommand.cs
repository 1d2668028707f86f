using System.CommandLine;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Modelling;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense train</c>: data in, a model file in a registry out.</summary>
internal static class TrainCommand
{
    private const double MostHeld = 0.9;

    private const string Description =
        """
        Trains a model and puts it into a registry, a folder of model files, from which a service loads it.

        popularity, trending, item-knn, ease, ials, bpr and mf learn from ratings or plays, which are read as
        'evaluate' reads them. lambdamart, gbdt and logistic learn from labelled rows of features in svmlight
        form; lambdamart needs queries: --query, sizes in a file DATA.query, or 'qid' in the rows.

        First a part of the data is kept back, of each user the latest, and the model is measured by it; then
        it is trained again on all. The file says what it was trained on, how, and how good it was. Of users
        nothing is kept: a viewer is known by a history alone. A new version does not serve until it is
        promoted.

        Example:
          streamsense train --model ease --data ratings.csv --registry models --name home-titles
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var model = new Option<string>("--model")
        {
            Description = "What to train.", HelpName = string.Join('|', TrainRun.Models), Required = true,
        };
        model.AcceptOnlyFromAmong([.. TrainRun.Models]);
        var data = new Option<string>("--data") { Description = "What to learn from.", HelpName = "FILE", Required = true };
        Option<string> registry = ModelsCommand.RegistryOption();
        Option<string?> name = Text("--name", "The model's name; that of --model unless told.", "NAME");
        Option<string?> version = Text("--version", "The model's version; the next number unless told.", "VERSION");
        Option<string?> map = Text("--map", "How ratings are read, as for 'evaluate'.", "FILE");
        Option<string?> query = Text("--query", "How many rows each query of an svmlight file has, a number a line.", "FILE");
        Option<string?> features = Text(
            "--features", "The names of the features of an svmlight file: a line each, NAME [SCOPE [REVISION]].", "FILE");
        Option<string?> absent = Text(
            "--absent", "What a feature is that a row does not have; missing for trees, zero for logistic unless told.", "missing|zero");
        absent.AcceptOnlyFromAmong("missing", "zero");
        Option<int> seed = NumberOption.Create("--seed", "What all that is random follows from.", 1, int.MinValue, int.MaxValue);
        Option<double> holdOut = NumberOption.Create(
            "--hold-out", "The share that is kept back to measure the model; 0 to save the time.", 0.2, 0, MostHeld);
        Option<string[]> options = ModelOptionsOption();
        var keepUsers = new Option<bool>("--keep-users") { Description = "Keeps what the model has of each user in the file." };
        var promote = new Option<bool>("--promote") { Description = "Lets the model serve at once." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("train", Description)
        {
            model, data, registry, name, version, map, query, features, absent, seed, holdOut, options, keepUsers, promote, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var train = new TrainOptions
            {
                Model = parsed.GetRequiredValue(model),
                DataFile = parsed.GetRequiredValue(data),
                Registry = parsed.GetRequiredValue(registry),
                Name = parsed.GetValue(name),
                Version = parsed.GetValue(version),
                MapFile = parsed.GetValue(map),
                QueryFile = parsed.GetValue(query),
                FeaturesFile = parsed.GetValue(features),
                AbsentIsMissing = parsed.GetValue(absent) is { } what ? what is "missing" : null,
                Seed = parsed.GetValue(seed),
                HoldOut = parsed.GetValue(holdOut),
                ModelOptions = [.. Pairs(parsed.GetValue(options) ?? [])],
                KeepUsers = parsed.GetValue(keepUsers),
                Promote = parsed.GetValue(promote),
            };
            TrainReport report = EvaluateProgress.Run(
                streams, progress => TrainRun.Run(train, TimeProvider.System, progress, cancellationToken));
            ModelPrinter.Trained(report, streams, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<string[]> ModelOptionsOption()
    {
        var options = new Option<string[]>("--options")
        {
            Description = "Options of the model; those of ratings as for 'evaluate'; lambdamart and gbdt: "
                + $"{string.Join(", ", BoostingSettings.All.Names)}; "
                + $"logistic: {string.Join(", ", FeatureTraining.LogisticSettings.Names)}.",
            HelpName = "NAME=VALUE,…",
        };
        options.Validators.Add(result =>
        {
            foreach (string pair in Split(result.Tokens.Select(token => token.Value)))
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) < 1)
                {
                    result.AddError($"--options takes NAME=VALUE, not '{pair}'");
                }
            }
        });
        return options;
    }

    private static IEnumerable<string> Split(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string> texts)
    {
        foreach (string pair in Split(texts))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            yield return new(pair[..at].TrimEnd(), pair[(at + 1)..].TrimStart());
        }
    }
}
