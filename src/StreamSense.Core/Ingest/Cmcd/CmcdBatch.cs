using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The events that one record becomes.</summary>
internal sealed class CmcdBatch : IRecordEvents
{
    // The changes of state that one record can bring (four), and the renditions of a bitrate report (three).
    private const int Capacity = 8;

    private readonly StreamEvent[] _events = new StreamEvent[Capacity];
    private StreamEvent _template;
    private int _annexOf;

    public Span<StreamEvent> Events => _events.AsSpan(0, Count);

    public int Count { get; private set; }

    public ref readonly StreamEvent this[int index] => ref _events[index];

    public JsonLine Annex { get; } = new();

    public void Begin(in StreamEvent template)
    {
        _template = template;
        _annexOf = -1;
        Count = 0;
        Annex.Clear();
    }

    public ref StreamEvent Add(EventKind kind)
    {
        ref StreamEvent added = ref _events[Count++];
        added = _template;
        added.Kind = kind;
        return ref added;
    }

    /// <summary>Says that the annex belongs to the event added last.</summary>
    public void OwnAnnex() => _annexOf = Count - 1;

    public ReadOnlySpan<byte> AnnexAt(int index) => index == _annexOf ? Annex.Written : default;

    public void AddPlayhead(EventKind kind, long playhead) => Add(kind).PayloadAs<PlayheadPayload>().PlayheadMicroseconds = playhead;

    public void AddBuffer(EventKind kind, BufferReason reason) => Add(kind).PayloadAs<BufferPayload>() = new BufferPayload
    {
        DurationMicroseconds = Absent.Time,
        Reason = reason,
    };

    public void AddEnd(EndReason reason, long playhead) =>
        Add(EventKind.PlaybackEnd).PayloadAs<PlaybackEndPayload>() = new PlaybackEndPayload
        {
            PlayheadMicroseconds = playhead,
            Reason = reason,
        };

    public void AddError(ErrorSeverity severity, ReadOnlySpan<byte> code)
    {
        Add(EventKind.Error).PayloadAs<ErrorPayload>() = new ErrorPayload { Severity = severity };
        Annex.Text(JsonField.Code, code.IsEmpty ? "unknown"u8 : code);
        OwnAnnex();
    }

    public void AddBitrate(int bitrateKbps, MediaType mediaType) =>
        Add(EventKind.BitrateChange).PayloadAs<BitratePayload>() = new BitratePayload
        {
            BitrateKbps = bitrateKbps,
            Width = Absent.Number,
            Height = Absent.Number,
            MediaType = mediaType,
        };
}
