using System.CommandLine;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Scoring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense score</c>: rows in, the answers of a model of LightGBM or XGBoost out.</summary>
internal static class ScoreCommand
{
    private const string Missing = "missing";
    private const string Zero = "zero";

    private const string Description =
        """
        Scores rows by a model that LightGBM (text) or XGBoost (JSON) trained, and prints one score a line.

        The score is the model's answer - a probability, a count, a relevance - or with --raw the sum before
        the link. The rows are svmlight (label index:value ...; indices are kept as they stand) or a table
        with or without a header; columns go by name, and an empty cell, NaN, NA or null says missing. A
        table without a header has the features in the model's order, and perhaps the label before them.

        What an svmlight row does not name is missing for XGBoost and 0 for LightGBM, as these libraries
        have it; --absent says otherwise. Numbers are taken in 32 bits.

        Example:
          streamsense score --model model.txt --data rows.csv
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var model = new Option<string>("--model")
        {
            Description = "The model: a text file of LightGBM or a JSON file of XGBoost.",
            HelpName = "FILE",
            Required = true,
        };
        var data = new Option<string>("--data")
        {
            Description = "The rows: svmlight, or a table with commas, semicolons or tabs; '-' is standard input.",
            HelpName = "FILE",
            Required = true,
        };
        var absent = new Option<string?>("--absent")
        {
            Description = "What stands for a feature that an svmlight row does not name.",
            HelpName = $"{Missing}|{Zero}",
        };
        absent.AcceptOnlyFromAmong(Missing, Zero);
        var raw = new Option<bool>("--raw") { Description = "Prints the sum of the trees instead of the answer." };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("score", Description) { model, data, absent, raw, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new ScoreOptions
            {
                ModelFile = parsed.GetRequiredValue(model),
                DataFile = parsed.GetRequiredValue(data),
                Output = parsed.GetValue(raw) ? TreeOutput.Sum : TreeOutput.Answer,
                AbsentIsZero = parsed.GetValue(absent) switch
                {
                    Missing => false,
                    Zero => true,
                    _ => null,
                },
            };
            ScoreRun.Run(options, streams.Input, cancellationToken).Print(streams, parsed.GetValue(json));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
