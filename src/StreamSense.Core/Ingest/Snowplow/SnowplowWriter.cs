using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Says a Snowplow event in canonical events.</summary>
/// <remarks>One thread at a time; allocates nothing once warm.</remarks>
internal sealed class SnowplowWriter
{
    private readonly Pseudonymizer _pseudonymizer;
    private readonly SnowplowEntityReader _entities;
    private readonly SnowplowPayloadWriter _payload;
    private readonly SnowplowMemory _memory;
    private byte[] _source = [];
    private byte[] _title = [];
    private EventTime _receivedAt;

    public SnowplowWriter(Pseudonymizer pseudonymizer, SnowplowOptions options, TextArena arena)
    {
        _pseudonymizer = pseudonymizer;
        _entities = new SnowplowEntityReader(arena);
        _payload = new SnowplowPayloadWriter(arena);
        _memory = new SnowplowMemory(options.MaxViews);
    }

    public void Begin(IngestOrigin origin)
    {
        _source = Encoding.UTF8.GetBytes(origin.Source ?? "snowplow");
        _title = Encoding.UTF8.GetBytes(string.IsNullOrEmpty(origin.Title) ? "unknown" : origin.Title);
        _receivedAt = origin.ReceivedAt;
    }

    /// <summary>Says an event of a player.</summary>
    public void Write(in SnowplowRecord record, CanonicalRecords output)
    {
        if (record.Time is not { } time)
        {
            output.Reject(RejectReason.MissingField, "dtm, derived_tstamp, dvce_created_tstamp: expected a time");
            return;
        }

        SnowplowPlayer player = _entities.ReadPlayer(record);
        ReadOnlySpan<byte> view = _entities.ViewOf(record, player);
        if (view.IsEmpty)
        {
            output.Reject(RejectReason.MissingField, "mediaSessionId: there is no media session, page view or visit either");
            return;
        }

        ulong key = _pseudonymizer.View(view).Value;
        ulong id = record.Id.IsEmpty ? (ulong)time.UnixMicroseconds : _pseudonymizer.EventFrom(record.Id).Value;
        SnowplowStep step = _memory.Apply(key, id, record.Event, time, player);
        Begin(output, KindOf(record, step), time, record, player, view);
        output.Text("id"u8, record.Id);
        _payload.Write(record, player, step, output);
        output.EndEvent();
        if (step.IsFirstFrame)
        {
            Begin(output, EventKind.PlaybackStart, step.StartTime, record, player, view);
            output.Text("id"u8, record.Id.IsEmpty ? default : _entities.Join(record.Id, (byte)'/', "start"u8));
            output.EndEvent();
        }

        output.EndRecord();
    }

    private EventKind KindOf(in SnowplowRecord record, in SnowplowStep step) => record.Event switch
    {
        SnowplowEvent.Ready => EventKind.PlaybackRequest,
        SnowplowEvent.Play => step.IsRequest ? EventKind.PlaybackRequest : EventKind.Resume,
        SnowplowEvent.Pause => EventKind.Pause,
        SnowplowEvent.End => EventKind.PlaybackEnd,
        SnowplowEvent.SeekStart => EventKind.SeekStart,
        SnowplowEvent.SeekEnd => EventKind.SeekEnd,
        SnowplowEvent.PlaybackRateChange => EventKind.RateChange,
        SnowplowEvent.Ping or SnowplowEvent.PercentProgress => EventKind.Heartbeat,
        SnowplowEvent.BufferStart => EventKind.BufferStart,
        SnowplowEvent.BufferEnd => EventKind.BufferEnd,
        SnowplowEvent.QualityChange when _payload.HasBitrate(record) => EventKind.BitrateChange,
        SnowplowEvent.Error => EventKind.Error,
        SnowplowEvent.AdBreakStart => EventKind.AdBreakStart,
        SnowplowEvent.AdBreakEnd => EventKind.AdBreakEnd,
        SnowplowEvent.AdStart => EventKind.AdStart,
        SnowplowEvent.AdQuartile => EventKind.AdQuartile,
        SnowplowEvent.AdComplete => EventKind.AdComplete,
        SnowplowEvent.AdSkip => EventKind.AdSkip,
        SnowplowEvent.AdClick => EventKind.AdClick,
        _ => EventKind.Custom,
    };

    private void Begin(
        CanonicalRecords output,
        EventKind kind,
        EventTime time,
        in SnowplowRecord record,
        in SnowplowPlayer player,
        ReadOnlySpan<byte> view)
    {
        output.BeginEvent(kind);
        output.Time("time"u8, time);
        WriteTimes(record, output);
        output.Text("source"u8, _source);
        output.Text("view"u8, view);
        output.Text("title"u8, player.Label.IsEmpty ? _title : player.Label);
        output.Text("viewer"u8, record.Viewer);
        output.Text("device"u8, _entities.DeviceOf(record));
        output.Text("visit"u8, _entities.VisitOf(record));
        output.Text("app"u8, record.App);
        output.Text("deviceKind"u8, DeviceKindOf(record));
        output.Text("country"u8, record.Country);
    }

    private void WriteTimes(in SnowplowRecord record, CanonicalRecords output)
    {
        if (record.IsCorrected && _receivedAt != default)
        {
            // As if it had been sent when it was received: nothing is left to be put right.
            output.Time("sent"u8, _receivedAt);
        }
        else if (record.Sent is { } sent)
        {
            output.Time("sent"u8, sent);
            if (record.Received is { } received)
            {
                output.Time("received"u8, received);
            }
        }
    }

    private static ReadOnlySpan<byte> DeviceKindOf(in SnowplowRecord record) => record.Platform switch
    {
        [(byte)'t', (byte)'v'] => "tv"u8,
        [(byte)'c', (byte)'n', (byte)'s', (byte)'l'] => "console"u8,
        [(byte)'m', (byte)'o', (byte)'b'] => "mobile"u8,
        [(byte)'p', (byte)'c'] => "desktop"u8,
        _ => record.UserAgent.IsEmpty ? default : DeviceKinds.Utf8KindOf(record.UserAgent),
    };
}
