using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Writes a view's timeline as JSON.</summary>
/// <remarks>Thread-safe. Equal timelines give equal texts. Durations and positions are in milliseconds, to the microsecond.</remarks>
public static class ViewTimelineWriter
{
    /// <summary>Writes <c>{"view":…,"entries":[…],"session":{…},"watched":[…]}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="timeline">The timeline.</param>
    /// <param name="vocabulary">The name tables of its events.</param>
    public static void Write(Utf8JsonWriter writer, ViewTimeline timeline, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(vocabulary);
        writer.WriteStartObject();
        writer.WriteString("view"u8, timeline.View.ToString());
        writer.WriteStartArray("entries"u8);
        foreach (ViewTimelineEntry entry in timeline.Entries)
        {
            WriteEntry(writer, entry);
        }

        writer.WriteEndArray();
        writer.WriteNumber("droppedEntries"u8, timeline.DroppedEntries);
        writer.WritePropertyName("session"u8);
        if (timeline.Session is { } session)
        {
            PlaybackSessionWriter.Write(writer, session, vocabulary);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteStartArray("watched"u8);
        foreach (WatchedRange range in timeline.Watched)
        {
            writer.WriteStartObject();
            EventDetails.Milliseconds(writer, "fromMs"u8, range.FromMicroseconds);
            EventDetails.Milliseconds(writer, "toMs"u8, range.ToMicroseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, ViewTimelineEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("time"u8, entry.Time.ToString());
        writer.WriteNumber("offsetMs"u8, entry.OffsetMicroseconds / 1e3);
        if (entry.Event is { } e)
        {
            writer.WriteString("kind"u8, EventKindNames.Utf8NameOf(e.Kind));
            writer.WritePropertyName("details"u8);
            EventDetails.Write(writer, e);
        }
        else
        {
            writer.WriteNull("kind"u8);
            writer.WriteStartObject("details"u8);
            writer.WriteEndObject();
        }

        writer.WriteString("state"u8, EventDetails.TextOf(entry.StateAfter));
        writer.WriteStartArray("credits"u8);
        foreach (ViewCredit credit in entry.Credits)
        {
            writer.WriteStartObject();
            writer.WriteString("state"u8, credit.State is { } state ? EventDetails.TextOf(state) : "unknown");
            writer.WriteNumber("ms"u8, credit.Microseconds / 1e3);
            writer.WriteString("from"u8, credit.Start.ToString());
            writer.WriteString("rule"u8, EventDetails.TextOf(credit.Rule));
            if (credit.LimitMicroseconds > 0)
            {
                writer.WriteNumber("limitMs"u8, credit.LimitMicroseconds / 1e3);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("heldMs"u8, entry.HeldMicroseconds / 1e3);
        writer.WriteStartArray("notes"u8);
        foreach (ViewNote note in entry.Notes)
        {
            writer.WriteStringValue(EventDetails.TextOf(note));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
