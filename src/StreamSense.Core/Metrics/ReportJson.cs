using System.Globalization;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>What the writers of reports have in common; a ratio, mean or quantile of nothing is null.</summary>
internal static class ReportJson
{
    public static void WriteNumberOrNull(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
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

    public static void WriteNumberOrNull(this Utf8JsonWriter writer, string name, double? value)
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

    /// <summary>Writes a member that is an array of objects.</summary>
    public static void WriteObjects<T>(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WritePropertyName(name);
        writer.WriteObjects(items, writeMembers);
    }

    /// <summary>Writes an array of objects where a value is due.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        writer.WriteStartArray();
        foreach (T item in items)
        {
            writer.WriteStartObject();
            writeMembers(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteInstant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, EventTime time) =>
        writer.WriteString(name, time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    public static void WriteInstantOrNull(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, EventTime? time)
    {
        if (time is { } known)
        {
            writer.WriteInstant(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteQuantiles(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, StartupQuantiles quantiles)
    {
        writer.WriteStartObject(name);
        writer.WriteNumberOrNull("p50"u8, quantiles.P50?.TotalMilliseconds);
        writer.WriteNumberOrNull("p95"u8, quantiles.P95?.TotalMilliseconds);
        writer.WriteEndObject();
    }
}
