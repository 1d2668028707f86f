using System.Text;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>Prints the groups of a cube, or a comparison of two: one JSON object, or a page for people.</summary>
internal static class CubePrinter
{
    // What reads a file or a pipe has no edge, and a table as wide as it is made must not be cut by a terminal's.
    private const int WidthWithoutEdge = 1_000;

    /// <summary>Prints groups to standard output.</summary>
    /// <param name="report">The report.</param>
    /// <param name="columns">The metrics of the page.</param>
    /// <param name="top">How many groups were asked for; null for those that a page has.</param>
    /// <param name="streams">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void Print(MeasureReport report, IReadOnlyList<MetricColumn> columns, int? top, ToolStreams streams, bool json)
    {
        int width = streams.OutputIsTerminal ? streams.Width : WidthWithoutEdge;
        Print(report, streams, json, root => new CubePage(report, root, columns, top, width).Parts());
    }

    /// <summary>Prints a comparison to standard output.</summary>
    /// <param name="report">The report.</param>
    /// <param name="streams">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void PrintComparison(MeasureReport report, ToolStreams streams, bool json) =>
        Print(report, streams, json, root => new ComparisonPage(report, root).Parts());

    private static void Print(MeasureReport report, ToolStreams streams, bool json, Func<JsonElement, IEnumerable<IRenderable>> page)
    {
        if (json)
        {
            streams.Output.WriteLine(Encoding.UTF8.GetString(report.Json.Span));
            return;
        }

        IAnsiConsole console = PageConsole.Create(streams with { Width = WidthWithoutEdge });
        using JsonDocument document = report.Parse();
        foreach (IRenderable part in page(document.RootElement))
        {
            console.Write(part);
        }
    }
}
