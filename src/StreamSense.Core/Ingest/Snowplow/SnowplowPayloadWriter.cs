using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Writes the members that belong to the kind of an event; units become those of the schema.</summary>
/// <remarks>One thread at a time; allocates nothing once warm.</remarks>
internal sealed class SnowplowPayloadWriter(TextArena arena)
{
    private const double MaxMilliseconds = int.MaxValue;

    private readonly JsonPicker _data = new("newRate", "bitrate", "percentProgress", "errorCode", "errorName", "errorDescription");
    private readonly JsonPicker _ad = new("adId", "duration");
    private readonly JsonPicker _break = new("breakId", "startTime");

    /// <summary>Whether a change of quality says to which bitrate.</summary>
    public bool HasBitrate(in SnowplowRecord record)
    {
        _data.TryPick(record.Data, arena, out PickedValues data);
        return data.TryNumber(1, out double bitrate) && bitrate is >= 0 and < 1e12;
    }

    /// <summary>Writes the members.</summary>
    public void Write(in SnowplowRecord record, in SnowplowPlayer player, in SnowplowStep step, CanonicalRecords output)
    {
        _data.TryPick(record.Data, arena, out PickedValues data);
        switch (record.Event)
        {
            case SnowplowEvent.Ready or SnowplowEvent.Play:
                WriteRequest(record.Event, player, step, output);
                break;
            case SnowplowEvent.Pause or SnowplowEvent.SeekStart or SnowplowEvent.SeekEnd:
                Milliseconds("playheadMs"u8, player.Playhead, output);
                break;
            case SnowplowEvent.End:
                Milliseconds("playheadMs"u8, player.Playhead, output);
                output.Text("reason"u8, "completed"u8);
                break;
            case SnowplowEvent.Ping or SnowplowEvent.PercentProgress:
                WriteHeartbeat(record.Event, player, step, output);
                break;
            case SnowplowEvent.PlaybackRateChange when data.TryNumber(0, out double rate):
                output.Number("rate"u8, rate);
                break;
            case SnowplowEvent.QualityChange when HasBitrate(record) && data.TryNumber(1, out double bitrate):
                output.Whole("bitrateKbps"u8, (long)Math.Round(bitrate / 1000));
                break;
            case SnowplowEvent.Error:
                ReadOnlySpan<byte> code = data.Has(3) ? data.Text(3) : data.Text(4);
                output.Text("code"u8, code.IsEmpty ? "unknown"u8 : code);
                output.Text("severity"u8, "fatal"u8);
                output.Text("message"u8, data.Has(5) ? data.Text(5) : data.Text(4));
                break;
            case >= SnowplowEvent.AdBreakStart and <= SnowplowEvent.AdClick:
                WriteAd(record, player, data, output);
                break;
            case SnowplowEvent.PlaybackRateChange or SnowplowEvent.BufferStart or SnowplowEvent.BufferEnd:
                break;
            default:
                WriteCustom(record, output);
                break;
        }
    }

    private static void WriteRequest(SnowplowEvent kind, in SnowplowPlayer player, in SnowplowStep step, CanonicalRecords output)
    {
        Milliseconds("playheadMs"u8, player.Playhead, output);
        bool isRequest = kind == SnowplowEvent.Ready || step.IsRequest;
        if (kind == SnowplowEvent.Ready)
        {
            output.Truth("preload"u8, true);
        }

        if (isRequest && player.IsLive is { } isLive)
        {
            output.Truth("live"u8, isLive);
        }
    }

    private static void WriteHeartbeat(SnowplowEvent kind, in SnowplowPlayer player, in SnowplowStep step, CanonicalRecords output)
    {
        Milliseconds("playheadMs"u8, player.Playhead, output);
        if (step.State != PlayerState.Unknown)
        {
            output.Text("state"u8, ChoiceTexts.States.TextOf((int)step.State));
        }

        if (kind == SnowplowEvent.Ping && player.PingSeconds > 0)
        {
            Milliseconds("intervalMs"u8, player.PingSeconds, output);
        }
    }

    private void WriteAd(in SnowplowRecord record, in SnowplowPlayer player, in PickedValues data, CanonicalRecords output)
    {
        _ad.TryPick(record.Ad, arena, out PickedValues ad);
        _break.TryPick(record.Break, arena, out PickedValues adBreak);
        bool isBreak = record.Event is SnowplowEvent.AdBreakStart or SnowplowEvent.AdBreakEnd;
        ReadOnlySpan<byte> breakId = adBreak.Text(0);
        output.Text("break"u8, isBreak && breakId.IsEmpty ? "unknown"u8 : breakId);
        if (isBreak && adBreak.TryNumber(1, out double start))
        {
            // A break begins at a playhead: at none before the content, at its end after it.
            bool isLast = player.DurationSeconds > 0 && start >= player.DurationSeconds;
            output.Text("placement"u8, start <= 0 ? "pre"u8 : isLast ? "post"u8 : "mid"u8);
        }

        if (isBreak)
        {
            return;
        }

        output.Text("ad"u8, ad.Text(0).IsEmpty ? "unknown"u8 : ad.Text(0));
        Milliseconds("durationMs"u8, ad.TryNumber(1, out double duration) ? duration : double.NaN, output);
        if (data.TryNumber(2, out double percent) && percent is >= 0 and <= 100)
        {
            output.Number("percent"u8, percent);
        }
    }

    private static void WriteCustom(in SnowplowRecord record, CanonicalRecords output)
    {
        output.Text("name"u8, SnowplowEvents.Utf8NameOf(record.Event));
        if (record.Data.Length is > 2 and <= RecordLimits.Object)
        {
            output.Raw("fields"u8, record.Data);
        }
    }

    private static void Milliseconds(ReadOnlySpan<byte> name, double seconds, CanonicalRecords output)
    {
        double milliseconds = Math.Round(seconds * 1000);
        if (milliseconds is >= 0 and <= MaxMilliseconds)
        {
            output.Whole(name, (long)milliseconds);
        }
    }
}
