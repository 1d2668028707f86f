using System.Text;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>Prints a report: one JSON object, or a page for people.</summary>
internal static class ReportPrinter
{
    /// <summary>Prints a report to standard output.</summary>
    /// <param name="report">The report.</param>
    /// <param name="streams">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void Print(MeasureReport report, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(Encoding.UTF8.GetString(report.Json.Span));
            return;
        }

        IAnsiConsole console = PageConsole.Create(streams);
        using JsonDocument document = report.Parse();
        foreach (IRenderable part in new ReportPage(report, document.RootElement, streams.Width).Parts())
        {
            console.Write(part);
        }

        if (report.Profiles.Count > 0)
        {
            streams.Output.WriteLine();
        }

        foreach (string line in report.Profiles)
        {
            streams.Output.WriteLine(line);
        }
    }
}
