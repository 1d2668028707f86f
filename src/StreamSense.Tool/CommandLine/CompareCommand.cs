using System.CommandLine;
using System.CommandLine.Parsing;
using StreamSense.Tool.Cubes;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense compare</c>: files in, how two groups, spans of time or sets of files differ out.</summary>
internal static class CompareCommand
{
    private const double UsualConfidence = 0.95;
    private const double LeastConfidence = 0.5;
    private const double MostConfidence = 0.9999;

    private const string Description =
        """
        Says how the views of two groups, spans of time or sets of files differ, with confidence intervals.

        Of each metric stand there both values and the views behind them, how much higher the second is, and
        the interval of that, by a method for proportions, means, ratios of sums or quantiles. Where views are
        too few for an interval there is none.

        With --by, --between takes two values of the dimension; without it, two spans of time (UTC, on whole
        ten seconds), of which a view is in the one that it ended in. --with names the files of a second set,
        which is measured by itself and compared with the FILEs. Views count as independent: many of one
        viewer make intervals a little too narrow. Of many metrics compared, one in twenty differs by chance.

        Examples:
          streamsense compare --by cdn --between east west events.ndjson
          streamsense compare --between 2026-03-01..2026-03-08 2026-03-08..2026-03-15 --where app=tv events.ndjson
          streamsense compare before/*.ndjson --with after/*.ndjson
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        Option<string> by = ChoiceOption.Create(
            "--by",
            $"The dimension of the two groups: {string.Join(", ", DimensionNames.All)}. Without it two spans of time are compared.",
            DimensionNames.All);
        by.HelpName = "NAME";
        var between = new Option<string[]>("--between")
        {
            Description = "The two to compare: values of --by ('' for the unknown), or spans FROM..TO.",
            HelpName = "FIRST SECOND",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var with = new Option<string[]>("--with")
        {
            Description = "The files of a second set, to compare the FILEs with; after the FILEs.",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<double> confidence = NumberOption.Create(
            "--confidence", "How sure the intervals are.", UsualConfidence, LeastConfidence, MostConfidence);
        var command = new Command("compare", Description);
        command.Options.Add(by);
        command.Options.Add(between);
        command.Options.Add(with);
        command.Validators.Add(result =>
        {
            CheckWhat(result, by, between, with);
            // One value and a file look like two values: say where the file went, before others say that there is none.
            bool hasFiles = result.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Count > 0);
            if (!hasFiles && result.GetResult(between)?.Tokens is [var first, var second])
            {
                result.AddError($"--between took '{first.Value}' and '{second.Value}'; no FILE is left to compare");
            }
        });
        var arguments = new CubeArguments(command, "compare");
        command.Options.Add(confidence);
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            var question = new CompareQuestion
            {
                Input = arguments.Input(parsed, damaged),
                By = DimensionNames.Named(parsed.GetValue(by)),
                With = parsed.GetValue(with) ?? [],
                Between = parsed.GetValue(between) ?? [],
                Where = arguments.Where(parsed),
                Confidence = parsed.GetValue(confidence),
                MaxValues = arguments.MaxValues(parsed),
            };
            MeasureReport report = ProgressDisplay.Run(
                streams, progress => CompareRun.Run(question, streams.Input, progress, cancellationToken));
            CubePrinter.PrintComparison(report, streams, arguments.Json(parsed));
        }));
        return command;
    }

    private static void CheckWhat(CommandResult result, Option<string> by, Option<string[]> between, Option<string[]> with)
    {
        bool hasBetween = result.GetResult(between) is { Implicit: false };
        if (result.GetResult(with) is not { Implicit: false } second)
        {
            if (!hasBetween)
            {
                result.AddError("'--between' is required, or '--with' and the files of a second set");
            }

            return;
        }

        if (hasBetween || result.GetResult(by) is { Implicit: false })
        {
            result.AddError("'--with' compares two sets of files; '--by' and '--between' are for one");
        }

        if (second.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && token.Value.Length > 1) is { } option)
        {
            result.AddError($"there is no option '{option.Value}'; a file of that name is './{option.Value}'");
        }
    }
}
