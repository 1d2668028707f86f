using System.Text.Json;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Metrics;

/// <summary>Writes a scorecard as JSON.</summary>
/// <remarks>Thread-safe. Equal scorecards give equal texts. Durations are in milliseconds.</remarks>
public static class ScorecardWriter
{
    /// <summary>Writes <c>{"sources":[…],"doors":[…]}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="scorecard">The scorecard.</param>
    public static void Write(Utf8JsonWriter writer, Scorecard scorecard)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(scorecard);
        writer.WriteStartObject();
        writer.WriteStartArray("sources"u8);
        foreach (SourceScore source in scorecard.Sources)
        {
            WriteSource(writer, source);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("doors"u8);
        foreach (DoorScore door in scorecard.Doors)
        {
            WriteDoor(writer, door);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, SourceScore source)
    {
        writer.WriteStartObject();
        writer.WriteString("source"u8, source.Source);
        writer.WriteString("app"u8, source.App);
        writer.WriteNumber("problems"u8, source.Problems);
        writer.WriteNumber("events"u8, source.Events);
        writer.WriteNumber("accepted"u8, source.Accepted);
        writer.WriteNumber("duplicates"u8, source.Duplicates);
        writer.WriteNumber("late"u8, source.Late);
        writer.WriteNumber("delayed"u8, source.Delayed);
        WriteSpread(writer, "latenessMs"u8, source.Lateness);
        writer.WriteNumber("missing"u8, source.Missing);
        writer.WriteNumber("skewed"u8, source.Skewed);
        writer.WriteNumberOrNull("skewedShare"u8, source.SkewedShare);
        WriteSpread(writer, "clockSkewMs"u8, source.ClockSkew);
        writer.WriteNumber("viewsEnded"u8, source.ViewsEnded);
        writer.WriteNumber("viewsWithoutEnd"u8, source.ViewsWithoutEnd);
        writer.WriteNumber("visits"u8, source.Visits);
        writer.WriteNumber("botVisits"u8, source.BotVisits);
        writer.WriteNumber("botEvents"u8, source.BotEvents);
        writer.WriteEndObject();
    }

    private static void WriteDoor(Utf8JsonWriter writer, DoorScore door)
    {
        writer.WriteStartObject();
        writer.WriteString("format"u8, door.Format);
        writer.WriteNumber("offered"u8, door.Offered);
        writer.WriteStartObject("rejected"u8);
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            if (door.Rejected.TryGetValue(reason, out long count))
            {
                writer.WriteNumber(reason.ToString(), count);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSpread(Utf8JsonWriter writer, ReadOnlySpan<byte> name, SpreadOfTime spread)
    {
        writer.WriteStartObject(name);
        writer.WriteNumberOrNull("p50"u8, spread.P50?.TotalMilliseconds);
        writer.WriteNumberOrNull("p95"u8, spread.P95?.TotalMilliseconds);
        writer.WriteNumberOrNull("max"u8, spread.Max?.TotalMilliseconds);
        writer.WriteEndObject();
    }
}
