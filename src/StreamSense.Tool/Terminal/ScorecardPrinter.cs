using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;

namespace StreamSense.Tool.Terminal;

/// <summary>Prints a scorecard: one JSON object, or lines for people.</summary>
internal static class ScorecardPrinter
{
    /// <summary>Prints it to standard output.</summary>
    /// <param name="scorecard">The scorecard.</param>
    /// <param name="output">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void Print(Scorecard scorecard, TextWriter output, bool json)
    {
        if (json)
        {
            output.WriteLine(Json(scorecard));
            return;
        }

        foreach (SourceScore source in scorecard.Sources)
        {
            Print(source, output);
        }

        foreach (DoorScore door in scorecard.Doors)
        {
            long rejected = door.Rejected.Values.Sum();
            Line(output, $"format {Name(door.Format)}: {door.Offered:N0} records, {rejected:N0} rejected");
            foreach ((RejectReason reason, long count) in door.Rejected.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value))
            {
                Line(output, $"  {reason}: {count:N0}");
            }
        }
    }

    private static void Print(SourceScore source, TextWriter output)
    {
        Line(output, $"source {Name(source.Source)}, app {Name(source.App)}: {source.Events:N0} events, {source.Problems:N0} problems");
        Line(output, $"  accepted {source.Accepted:N0}, duplicates {source.Duplicates:N0}, late {source.Late:N0}");
        Line(output, $"  delayed {source.Delayed:N0}, missing by sequence {source.Missing:N0}");
        Line(output, $"  clocks off by a second or more {source.Skewed:N0}");
        Line(output, $"  views ended {source.ViewsEnded:N0}, of them without an end {source.ViewsWithoutEnd:N0}");
        Line(output, $"  visits {source.Visits:N0}, of bots {source.BotVisits:N0}; events of bots {source.BotEvents:N0}");
    }

    private static string Name(string name) => name.Length > 0 ? name : "(unnamed)";

    private static void Line(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Json(Scorecard scorecard)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            ScorecardWriter.Write(writer, scorecard);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
