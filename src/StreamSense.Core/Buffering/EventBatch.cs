using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>A run of sequenced events, as a reader of a buffer sees them.</summary>
/// <remarks>Valid until the reader advances past it. A value on the stack; not to be kept.</remarks>
public readonly ref struct EventBatch
{
    private readonly AnnexReader? _annex;

    /// <summary>Wraps a run of events.</summary>
    /// <param name="firstSequence">The position of the first event in the shard's order, from 0.</param>
    /// <param name="events">The events.</param>
    /// <param name="annex">Where their annexes lie; null if none has one.</param>
    public EventBatch(long firstSequence, ReadOnlySpan<StreamEvent> events, AnnexReader? annex)
    {
        FirstSequence = firstSequence;
        Events = events;
        _annex = annex;
    }

    /// <summary>The position of the first event in the shard's order, from 0.</summary>
    public long FirstSequence { get; }

    /// <summary>The events, in the shard's order.</summary>
    public ReadOnlySpan<StreamEvent> Events { get; }

    /// <summary>A part of this run.</summary>
    /// <param name="start">How many events to leave out.</param>
    /// <param name="length">How many to take.</param>
    /// <returns>The part; valid as long as the run.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public EventBatch Slice(int start, int length) => new(FirstSequence + start, Events.Slice(start, length), _annex);

    /// <summary>The annex of one of these events; empty if it has none.</summary>
    /// <param name="streamEvent">An event of this batch.</param>
    public ReadOnlySpan<byte> AnnexOf(in StreamEvent streamEvent) =>
        _annex is null || streamEvent.Annex.IsNone ? default : _annex.Read(streamEvent.Annex);
}
