using System.Text.Json;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>Writes <see cref="RequestMetrics"/> as one JSON object.</summary>
internal static class RequestsWriter
{
    public static void Write(Utf8JsonWriter writer, RequestMetrics metrics)
    {
        writer.WriteStartObject();
        WriteMembers(writer, metrics.Totals);
        writer.WriteObjects("cdns"u8, metrics.Cdns, static (json, group) => WriteGroup(json, "cdn"u8, group));
        writer.WriteObjects("asns"u8, metrics.Asns, static (json, group) => WriteGroup(json, "asn"u8, group));
        writer.WriteObjects("countries"u8, metrics.Countries, static (json, group) => WriteGroup(json, "country"u8, group));
        writer.WriteObjects("objectTypes"u8, metrics.ObjectTypes, static (json, group) => WriteGroup(json, "objectType"u8, group));
        writer.WriteNumber("overflowedValues"u8, metrics.OverflowedValues);
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, ReadOnlySpan<byte> key, DeliveryMetrics group)
    {
        writer.WriteString(key, group.Name);
        WriteMembers(writer, group);
    }

    private static void WriteMembers(Utf8JsonWriter writer, DeliveryMetrics metrics)
    {
        writer.WriteNumber("requests"u8, metrics.Requests);
        writer.WriteNumber("startupRequests"u8, metrics.StartupRequests);
        writer.WriteNumber("bytes"u8, metrics.Bytes);
        writer.WriteNumber("mediaSeconds"u8, metrics.MediaSeconds);
        writer.WriteStartObject("ttfbMs"u8);
        writer.WriteNumberOrNull("p50"u8, metrics.TtfbP50Milliseconds);
        writer.WriteNumberOrNull("p95"u8, metrics.TtfbP95Milliseconds);
        writer.WriteEndObject();
        writer.WriteNumberOrNull("throughputKbps"u8, metrics.ThroughputKbps);
        writer.WriteNumberOrNull("measuredThroughputKbps"u8, metrics.MeasuredThroughputKbps);
        writer.WriteNumberOrNull("cacheHitShare"u8, metrics.CacheHitShare);
        writer.WriteNumberOrNull("cacheHitRatio"u8, metrics.CacheHitRatio);
        writer.WriteNumberOrNull("cacheHitBytesShare"u8, metrics.CacheHitBytesShare);
        writer.WriteNumberOrNull("errorShare"u8, metrics.ErrorShare);
        writer.WriteNumberOrNull("starvedRequestsShare"u8, metrics.StarvedRequestsShare);
    }
}
