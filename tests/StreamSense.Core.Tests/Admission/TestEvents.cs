using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Admission;

/// <summary>Bare events for the tests of order: only what the admission looks at.</summary>
internal static class TestEvents
{
    public static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static StreamEvent Numbered(
        ulong view, uint sequence, double seconds, EventKind kind = EventKind.Heartbeat, ulong? id = null) => new()
    {
        Id = new EventId(id ?? ((view << 32) | (sequence + 1))),
        View = new ViewId(view),
        Sequence = sequence,
        Flags = EventFlags.HasSequence,
        Time = Start + TimeSpan.FromSeconds(seconds),
        Kind = kind,
    };

    public static StreamEvent Unnumbered(ulong view, ulong id, double seconds) => new()
    {
        Id = new EventId(id),
        View = new ViewId(view),
        Time = Start + TimeSpan.FromSeconds(seconds),
        Kind = EventKind.Heartbeat,
    };
}
