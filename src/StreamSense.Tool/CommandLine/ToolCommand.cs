using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary>The <c>streamsense</c> command.</summary>
internal static class ToolCommand
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="streams">Where to read and write.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolStreams streams)
    {
        // Not a RootCommand: that one calls itself in its help as the program file is called.
        var root = new Command("streamsense", "Measures streaming events, and trains, judges and runs the models that act on them.")
        {
            new HelpOption(),
            new VersionOption(),
            MeasureCommand.Create(streams),
            CubeCommand.Create(streams),
            CompareCommand.Create(streams),
            ConvertCommand.Create(streams),
            FailedCommand.Create(streams),
            ScorecardCommand.Create(streams),
            ViewCommand.Create(streams),
            DecodeCommand.Create(streams),
            EvaluateCommand.Create(streams),
            EvaluateLtrCommand.Create(streams),
            TrainCommand.Create(streams),
            RankCommand.Create(streams),
            ModelsCommand.Create(streams),
            ScoreCommand.Create(streams),
        };

        // A file may well be called @something: no response files.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            string command = string.Join(' ', PathTo(parsed.CommandResult));
            string complaint = parsed.UnmatchedTokens.Count > 0
                ? $"'{parsed.UnmatchedTokens[0]}' is neither a command nor an option here."
                : parsed.Errors[0].Message;
            return Complain(streams, $"{complaint} (see '{command} --help')");
        }

        if (parsed.Action is HelpAction)
        {
            ShortenBelow(parsed.CommandResult.Command);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = streams.Output,
                Error = streams.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (InputException exception)
        {
            return Complain(streams, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // In the list of its parent a command has its first paragraph; all of it stands in its own help.
    private static void ShortenBelow(Command parent)
    {
        foreach (Command command in parent.Subcommands)
        {
            command.Description = command.Description?.ReplaceLineEndings("\n").Split("\n\n")[0].Replace('\n', ' ');
        }
    }

    private static IEnumerable<string> PathTo(CommandResult command) =>
        command.Parent is CommandResult parent ? PathTo(parent).Append(command.Command.Name) : [command.Command.Name];

    // The parser lists the values of an option a line each, behind tabs.
    private static string OnOneLine(string message) => message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);

    /// <summary>Says what is wrong.</summary>
    /// <returns>The exit code that goes with it.</returns>
    internal static int Complain(ToolStreams streams, string message)
    {
        streams.Error.WriteLine("streamsense: " + OnOneLine(message).TrimEnd());
        return ExitCode.Unusable;
    }
}
