using System.CommandLine;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense evaluate-ltr</c>: graded rows in, how well an order is learnt from them out.</summary>
internal static class EvaluateLtrCommand
{
    private const string Description =
        """
        Learns to rank from one svmlight file and says how good its order of another is, by mean NDCG.

        The grades are whole numbers from 0 to 30. The queries stand in FILE.query, one number of rows a
        line; where there is no such file, rows of one qid, which stand together, are one. Gain 2^grade - 1,
        discount 1 / log2(rank + 1); a query without a relevant row scores 1, and rows of equal scores keep
        the order of the file. A feature that a row does not name is missing. The rows are held in memory:
        8 bytes a row and feature.

        Example:
          streamsense evaluate-ltr --train rank.train --test rank.test
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var train = new Option<string>("--train") { Description = "The rows to learn from.", HelpName = "FILE", Required = true };
        var test = new Option<string>("--test") { Description = "The rows to rank.", HelpName = "FILE", Required = true };
        var objective = new Option<string>("--objective")
        {
            Description = "Whether the order is learnt, or the grade of each row by itself.",
            HelpName = LtrOptions.LambdaRank + "|" + LtrOptions.Pointwise,
            DefaultValueFactory = _ => LtrOptions.LambdaRank,
        };
        objective.AcceptOnlyFromAmong(LtrOptions.LambdaRank, LtrOptions.Pointwise);
        Option<long> seed = NumberOption.Create(
            "--seed", "What rows and features are drawn from.", 1L, long.MinValue, long.MaxValue);
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var command = new Command("evaluate-ltr", Description) { train, test, objective, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new LtrOptions
            {
                TrainFile = parsed.GetRequiredValue(train),
                TestFile = parsed.GetRequiredValue(test),
                Objective = parsed.GetRequiredValue(objective),
                Seed = parsed.GetValue(seed),
            };
            LtrReport report = LtrEvaluation.Run(options, TimeProvider.System, cancellationToken);
            if (parsed.GetValue(json))
            {
                streams.Output.WriteLine(report.ToJson());
                return Task.FromResult(ExitCode.Success);
            }

            foreach (string line in report.Lines())
            {
                streams.Output.WriteLine(line);
            }

            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
