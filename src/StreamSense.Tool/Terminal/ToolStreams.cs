using System.Text;

namespace StreamSense.Tool.Terminal;

/// <summary>Where the tool reads and writes.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output: the report and nothing else.</param>
/// <param name="Error">Standard error: complaints and progress.</param>
internal sealed record ToolStreams(Stream Input, TextWriter Output, TextWriter Error)
{
    private const int WidthWithoutTerminal = 80;
    private const int NarrowestWidth = 60;

    /// <summary>Standard output as bytes, for events rather than reports.</summary>
    public Stream StandardOutput { get; init; } = Stream.Null;

    /// <summary>Whether the output is a terminal: only then it has colours.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal: only then there is a progress bar.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether the user asked for no colours (https://no-color.org).</summary>
    public bool NoColor { get; init; }

    /// <summary>The width of the report in columns.</summary>
    public int Width { get; init; } = WidthWithoutTerminal;

    /// <summary>The streams of this process.</summary>
    public static ToolStreams OfProcess()
    {
        // Without this, a title in another alphabet is written as question marks where the locale is not set.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new ToolStreams(Console.OpenStandardInput(), Console.Out, Console.Error)
        {
            StandardOutput = Console.OpenStandardOutput(),
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            NoColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = Console.IsOutputRedirected ? WidthWithoutTerminal : Math.Max(NarrowestWidth, Console.WindowWidth),
        };
    }
}
