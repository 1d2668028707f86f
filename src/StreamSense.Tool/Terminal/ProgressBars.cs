using Spectre.Console;

namespace StreamSense.Tool.Terminal;

/// <summary>Progress bars on standard error, where that is a terminal.</summary>
internal static class ProgressBars
{
    /// <summary>Runs something that may show bars while it runs; they are gone when it ends.</summary>
    /// <param name="streams">Where to show them.</param>
    /// <param name="work">What to run; it is given no bars where there is no terminal.</param>
    /// <returns>What it returned.</returns>
    public static T Run<T>(ToolStreams streams, Func<ProgressContext?, T> work)
    {
        if (!streams.ErrorIsTerminal)
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(streams.Error),
            ColorSystem = streams.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        return console.Progress()
            .AutoClear(enabled: true)
            .HideCompleted(enabled: false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(work);
    }
}
