using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Tests.Ingest.Json;

/// <summary>A heartbeat as a JSON document and decimal arithmetic read it: slow, plain, and written from the schema alone.</summary>
internal sealed record DocumentReading(
    long Time, uint? Sequence, bool HasViewer, long Playhead, long Interval, int Bitrate, PlayerState State)
{
    private static readonly string[] States = ["starting", "playing", "rebuffering", "seeking", "paused"];

    /// <summary>Reads a line; null if it is to be refused.</summary>
    public static DocumentReading? TryRead(byte[] line)
    {
        try
        {
            // A document takes broken UTF-8 in the names that nobody asks for.
            Require(Utf8.IsValid(line));
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DocumentReading Read(JsonElement record)
    {
        Require(Text(record, "kind") == "heartbeat" && Text(record, "view") is not null);
        decimal? sequence = Number(record, "seq");
        Require(sequence is null || (sequence >= 0 && sequence <= uint.MaxValue && decimal.Truncate(sequence.Value) == sequence));
        decimal? interval = Number(record, "intervalMs");
        Require(interval is null or >= 0);
        decimal? bitrate = Number(record, "bitrateKbps");
        bitrate = bitrate is null ? null : Math.Round(bitrate.Value, MidpointRounding.AwayFromZero);
        Require(bitrate is null or (>= 0 and <= int.MaxValue) && Number(record, "bitrateKbps") is null or >= 0);
        string? state = Text(record, "state");
        int place = state is null ? 0 : Array.IndexOf(States, state) + 1;
        Require(state is null || place > 0);
        long time = Instant(record);
        Require(time >= EventTime.Earliest.UnixMicroseconds && time < EventTime.Latest.UnixMicroseconds);
        return new DocumentReading(
            time,
            (uint?)sequence,
            Text(record, "viewer") is not null,
            Microseconds(Number(record, "playheadMs")),
            Microseconds(interval),
            bitrate is null ? Absent.Number : (int)bitrate,
            (PlayerState)place);
    }

    private static long Instant(JsonElement record)
    {
        Require(record.TryGetProperty("time", out JsonElement time));
        if (time.ValueKind == JsonValueKind.Number)
        {
            return (long)decimal.Truncate(Decimal(time) * 1000);
        }

        Match match = Regex.Match(
            time.GetString() ?? "", @"^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))\z");
        Require(match.Success);
        int Part(int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        Require(Part(2) <= 23 && Part(3) <= 59 && Part(4) <= 60 && Part(7) <= 23 && Part(8) <= 59);
        var date = DateTime.ParseExact(match.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        long offset = ((Part(7) * 60) + Part(8)) * (match.Groups[6].Value == "-" ? -60L : 60L);
        long seconds = ((date - DateTime.UnixEpoch).Days * 86_400L) + (Part(2) * 3600L) + (Part(3) * 60L) + Part(4) - offset;
        return (seconds * 1_000_000) + int.Parse((match.Groups[5].Value + "000000")[..6], CultureInfo.InvariantCulture);
    }

    private static string? Text(JsonElement record, string name)
    {
        if (!record.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = value.GetString()!;
        Require(!text.Contains('\0', StringComparison.Ordinal));
        return text.Length == 0 ? null : text;
    }

    private static decimal? Number(JsonElement record, string name)
    {
        bool isThere = record.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
            && value.GetRawText() != "\"\"";
        return isThere ? Decimal(value) : null;
    }

    private static decimal Decimal(JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Number);
        return decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static long Microseconds(decimal? milliseconds) =>
        milliseconds is null ? Absent.Time : (long)decimal.Truncate(milliseconds.Value * 1000);

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException();
        }
    }
}
