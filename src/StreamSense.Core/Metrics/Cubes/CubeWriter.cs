using System.Globalization;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Writes rows of a cube as JSON.</summary>
internal static class CubeWriter
{
    /// <summary>Writes rows as an array of <c>{from, to, by, metrics}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="rows">The rows.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<CubeRow> rows)
    {
        writer.WriteStartArray();
        foreach (CubeRow row in rows)
        {
            writer.WriteStartObject();
            WriteTime(writer, "from"u8, row.From);
            WriteTime(writer, "to"u8, row.To);
            writer.WriteStartObject("by"u8);
            foreach (CubeValue value in row.Values)
            {
                writer.WriteString(NameOf(value.Dimension), value.Name);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("metrics"u8);
            WriteMetrics(writer, row.Metrics);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The name of a dimension in the event schema.</summary>
    internal static string NameOf(CubeDimension dimension) => dimension switch
    {
        CubeDimension.Title => "title",
        CubeDimension.Type => "type",
        CubeDimension.Genre => "genre",
        CubeDimension.Series => "series",
        CubeDimension.Plan => "plan",
        CubeDimension.Segment => "segment",
        CubeDimension.Country => "country",
        CubeDimension.Asn => "asn",
        CubeDimension.Cdn => "cdn",
        CubeDimension.DeviceKind => "deviceKind",
        _ => "app",
    };

    private static void WriteMetrics(Utf8JsonWriter writer, CubeMetrics metrics)
    {
        writer.WriteStartObject();
        writer.WriteNumber("attempts"u8, metrics.Attempts);
        writer.WriteNumber("plays"u8, metrics.Plays);
        writer.WriteNumber("exitsBeforeStart"u8, metrics.ExitsBeforeStart);
        writer.WriteNumber("exitsInPreroll"u8, metrics.ExitsInPreroll);
        writer.WriteNumber("startFailures"u8, metrics.StartFailures);
        writer.WriteNumber("startDenials"u8, metrics.StartDenials);
        writer.WriteNumber("playbackFailures"u8, metrics.PlaybackFailures);
        writer.WriteNumber("endedPlays"u8, metrics.EndedPlays);
        writer.WriteNumber("bounces"u8, metrics.Bounces);
        writer.WriteNumber("completablePlays"u8, metrics.CompletablePlays);
        writer.WriteNumber("completions"u8, metrics.Completions);
        writer.WriteNumber("stalls"u8, metrics.Stalls);
        writer.WriteNumber("stalledPlays"u8, metrics.StalledPlays);
        writer.WriteNumber("bitrateSwitches"u8, metrics.BitrateSwitches);
        writer.WriteNumber("watchSeconds"u8, metrics.Watch.TotalSeconds);
        writer.WriteNumber("playSeconds"u8, metrics.Play.TotalSeconds);
        writer.WriteNumber("stallSeconds"u8, metrics.Stall.TotalSeconds);
        writer.WriteNumber("adSeconds"u8, metrics.Ad.TotalSeconds);
        writer.WriteNumber("backgroundPlaySeconds"u8, metrics.BackgroundPlay.TotalSeconds);
        WriteNumber(writer, "averageWatchSeconds"u8, metrics.AverageWatchSeconds);
        WriteNumber(writer, "bufferingRatio"u8, metrics.BufferingRatio);
        WriteNumber(writer, "connectionRebufferingRatio"u8, metrics.ConnectionRebufferingRatio);
        WriteNumber(writer, "rebufferFrequencyPerHour"u8, metrics.RebufferFrequencyPerHour);
        WriteNumber(writer, "stalledViewsShare"u8, metrics.StalledViewsShare);
        WriteNumber(writer, "averageBitrateKbps"u8, metrics.AverageBitrateKbps);
        WriteNumber(writer, "bounceRate"u8, metrics.BounceRate);
        WriteNumber(writer, "completionRate"u8, metrics.CompletionRate);
        writer.WriteStartObject("startupMs"u8);
        WriteNumber(writer, "p50"u8, metrics.Startup.P50?.TotalMilliseconds);
        WriteNumber(writer, "p95"u8, metrics.Startup.P95?.TotalMilliseconds);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, EventTime? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
