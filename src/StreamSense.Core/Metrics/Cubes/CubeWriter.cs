using System.Text.Json;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Writes rows of a cube as JSON.</summary>
/// <remarks>Names are added in later versions, never renamed. Units stand last in a name. Stateless; safe on any thread.</remarks>
public static class CubeWriter
{
    /// <summary>Writes rows as an array of <c>{from, to, by, metrics, isOther}</c>.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    /// <param name="rows">The rows.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<CubeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(rows);
        writer.WriteObjects(rows, static (json, row) =>
        {
            json.WriteInstantOrNull("from"u8, row.From);
            json.WriteInstantOrNull("to"u8, row.To);
            json.WriteStartObject("by"u8);
            foreach (CubeValue value in row.Values)
            {
                json.WriteString(NameOf(value.Dimension), value.Name);
            }

            json.WriteEndObject();
            json.WritePropertyName("metrics"u8);
            WriteMetrics(json, row.Metrics);
            json.WriteBoolean("isOther"u8, row.Values.Any(static value => value.IsOther));
        });
    }

    /// <summary>The name of a dimension in the event schema.</summary>
    /// <param name="dimension">The dimension.</param>
    public static string NameOf(CubeDimension dimension) => dimension switch
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
        writer.WriteNumberOrNull("averageWatchSeconds"u8, metrics.AverageWatchSeconds);
        writer.WriteNumberOrNull("bufferingRatio"u8, metrics.BufferingRatio);
        writer.WriteNumberOrNull("connectionRebufferingRatio"u8, metrics.ConnectionRebufferingRatio);
        writer.WriteNumberOrNull("rebufferFrequencyPerHour"u8, metrics.RebufferFrequencyPerHour);
        writer.WriteNumberOrNull("stalledViewsShare"u8, metrics.StalledViewsShare);
        writer.WriteNumberOrNull("averageBitrateKbps"u8, metrics.AverageBitrateKbps);
        writer.WriteNumberOrNull("bounceRate"u8, metrics.BounceRate);
        writer.WriteNumberOrNull("completionRate"u8, metrics.CompletionRate);
        writer.WriteQuantiles("startupMs"u8, metrics.Startup);
        writer.WriteEndObject();
    }
}
