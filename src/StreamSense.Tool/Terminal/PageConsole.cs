using Spectre.Console;

namespace StreamSense.Tool.Terminal;

/// <summary>Makes the console that pages are printed on: colours only where a terminal shows them.</summary>
internal static class PageConsole
{
    /// <summary>Creates it.</summary>
    /// <param name="streams">Where it prints.</param>
    public static IAnsiConsole Create(ToolStreams streams)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = streams.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = streams.OutputIsTerminal && !streams.NoColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(streams.Output),
        });
        console.Profile.Width = streams.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
