using System.Text;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>Prints the timeline of a view: one JSON object, or a page for people.</summary>
internal static class ViewPrinter
{
    // A line an event: what reads a file or a pipe searches it by lines. No line is as wide as this.
    private const int WidthWithoutTerminal = 1_000;

    /// <summary>Prints it to standard output.</summary>
    /// <param name="timeline">The timeline as JSON; the page is a view of it, so that the two cannot disagree.</param>
    /// <param name="streams">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void Print(ReadOnlyMemory<byte> timeline, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(Encoding.UTF8.GetString(timeline.Span));
            return;
        }

        IAnsiConsole console = PageConsole.Create(streams.OutputIsTerminal ? streams : streams with { Width = WidthWithoutTerminal });
        using JsonDocument document = JsonDocument.Parse(timeline);
        foreach (IRenderable part in new ViewPage(document.RootElement).Parts())
        {
            console.Write(part);
        }
    }
}
