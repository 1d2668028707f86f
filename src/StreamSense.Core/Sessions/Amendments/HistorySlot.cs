using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Amendments;

/// <summary>An event of a view in 64 bytes, without its envelope.</summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
internal struct HistorySlot
{
    public const int SizeInBytes = 64;

    [FieldOffset(0)]
    public EventTime Time;

    [FieldOffset(8)]
    public EventId Id;

    [FieldOffset(16)]
    public uint Sequence;

    [FieldOffset(20)]
    public EventKind Kind;

    [FieldOffset(21)]
    public EventFlags Flags;

    /// <summary>The next slot is the envelope of this event and of those after it.</summary>
    [FieldOffset(22)]
    public bool HasEnvelope;

    [FieldOffset(24)]
    public EventPayload Payload;

    public HistorySlot(in StreamEvent e, bool hasEnvelope)
    {
        Time = e.Time;
        Id = e.Id;
        Sequence = e.Sequence;
        Kind = e.Kind;
        Flags = e.Flags;
        HasEnvelope = hasEnvelope;
        Payload = e.Payload;
    }
}
