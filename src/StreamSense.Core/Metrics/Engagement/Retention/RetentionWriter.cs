using System.Collections.Immutable;
using System.Text.Json;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>Writes retention as JSON: <c>{titles, overflowedViews, viewsWithoutRanges}</c>.</summary>
internal static class RetentionWriter
{
    public static void Write(Utf8JsonWriter writer, RetentionMetrics metrics)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("titles"u8);
        foreach (TitleRetention title in metrics.Titles)
        {
            Write(writer, title);
        }

        writer.WriteEndArray();
        writer.WriteNumber("overflowedViews"u8, metrics.OverflowedViews);
        writer.WriteNumber("viewsWithoutRanges"u8, metrics.ViewsWithoutRanges);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TitleRetention title)
    {
        writer.WriteStartObject();
        writer.WriteString("title"u8, title.Title);
        WriteCurve(writer, title.Curve);
        writer.WriteNumber("rankedTitles"u8, title.RankedTitles);
        writer.WriteStartArray("relativeRetention"u8);
        foreach (double rank in title.Relative)
        {
            writer.WriteNumberValue(rank);
        }

        writer.WriteEndArray();
        writer.WriteObjects("drops"u8, title.Drops, static (json, drop) =>
        {
            json.WriteNumber("bucket"u8, drop.Bucket);
            json.WriteNumber("positionSeconds"u8, drop.Position.TotalSeconds);
            json.WriteNumber("exits"u8, drop.Exits);
            json.WriteNumber("reach"u8, drop.Reach);
            json.WriteNumber("hazard"u8, drop.Hazard);
        });
        if (title.Edits.Count > 1 || title.Edits[0].Edit is not null)
        {
            WriteEdits(writer, title.Edits);
        }

        writer.WriteEndObject();
    }

    private static void WriteEdits(Utf8JsonWriter writer, IReadOnlyList<EditRetention> edits)
    {
        writer.WriteObjects("edits"u8, edits, static (json, edit) =>
        {
            json.WriteString("edit"u8, edit.Edit);
            WriteCurve(json, edit.Curve);
        });
    }

    private static void WriteCurve(Utf8JsonWriter writer, RetentionCurve curve)
    {
        writer.WriteNumber("views"u8, curve.Views);
        writer.WriteNumber("lengthSeconds"u8, curve.Length.TotalSeconds);
        WriteRatios(writer, "absoluteRetention"u8, curve, static (of, bucket) => of.Absolute(bucket));
        WriteRatios(writer, "uniqueRetention"u8, curve, static (of, bucket) => of.Unique(bucket));
        WriteRatios(writer, "dropOffHazard"u8, curve, static (of, bucket) => of.Hazard(bucket));
        WriteCounts(writer, "startedViews"u8, curve.Started);
        WriteCounts(writer, "stoppedViews"u8, curve.Stopped);
    }

    private static void WriteRatios(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, RetentionCurve curve, Func<RetentionCurve, int, double?> ratioAt)
    {
        writer.WriteStartArray(name);
        for (int bucket = 0; bucket < RetentionCurve.Buckets; bucket++)
        {
            if (ratioAt(curve, bucket) is { } ratio)
            {
                writer.WriteNumberValue(ratio);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<long> counts)
    {
        writer.WriteStartArray(name);
        foreach (long count in counts)
        {
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
    }
}
