using System.Runtime.CompilerServices;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>The bounded way of one writer into one shard: one thread writes, one reads, and no atomic operation is shared.</summary>
/// <remarks>
/// One thread at a time on each side; members say which. Nothing is allocated after construction. An annex lives as long as its
/// slot, which is until <see cref="Advance"/>.
/// </remarks>
public sealed class EventLane
{
    private readonly EventRing _ring;
    private readonly RingCursor _cursor;
    private readonly LaneRoom _room;
    private volatile bool _retired;
    private volatile bool _closed;

    /// <summary>Creates an empty lane.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="readable">The gate at which the reader sleeps; usually that of a whole <see cref="LaneSet"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public EventLane(LaneOptions? options = null, WaitGate? readable = null)
    {
        _ring = new EventRing(options ?? new LaneOptions(), readable ?? new WaitGate());
        _cursor = _ring.AddCursor();
        _room = new LaneRoom(this);
    }

    /// <summary>How many events the lane holds.</summary>
    public int Capacity => _ring.Capacity;

    /// <summary>The longest annex that an event may have, in bytes.</summary>
    public int MaxAnnexBytes => _ring.MaxAnnexBytes;

    /// <summary>How many events wait in the lane (any thread).</summary>
    public long Pending => _cursor.Pending;

    /// <summary>Whether any event fits now, with the longest annex (writer side).</summary>
    public bool HasRoom => _ring.HasRoom;

    /// <summary>What the writer waits for when the lane is full; also ready once the lane is closed (writer side).</summary>
    public IWaitable Room => _room;

    /// <summary>Whether the writer was returned (any thread).</summary>
    public bool IsRetired => _retired;

    /// <summary>Whether the reader takes no more (any thread).</summary>
    public bool IsClosed => _closed;

    /// <summary>Whether the slots or the annex bytes are at least three quarters full (writer side).</summary>
    internal bool IsNearlyFull => _ring.IsFilled(quarters: 3);

    /// <summary>How many events were discarded, counting from the lane's beginning; set when the reader gives up the lane.</summary>
    internal long DiscardedThrough { get; private set; } = -1;

    /// <summary>Lends free slots for events without an annex (writer side).</summary>
    /// <param name="max">How many at most.</param>
    /// <returns>The slots, to be written whole; fewer where the memory ends or little is free, none if the lane is full.</returns>
    public Span<StreamEvent> Claim(int max) => _ring.Claim(max);

    /// <summary>Hands the first of the slots that <see cref="Claim"/> lent to the reader (writer side).</summary>
    /// <param name="count">How many of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than are free.</exception>
    public void Publish(int count) => _ring.Publish(count);

    /// <summary>Hands one event to the reader, if there is room (writer side).</summary>
    /// <param name="streamEvent">The event; its annex handle is replaced.</param>
    /// <param name="annex">Its annex, or empty; copied.</param>
    /// <returns>False if the lane is full.</returns>
    /// <exception cref="ArgumentException">The annex is longer than <see cref="MaxAnnexBytes"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWrite(in StreamEvent streamEvent, ReadOnlySpan<byte> annex = default) => _ring.TryPublish(in streamEvent, annex);

    /// <summary>The next events, without releasing them (reader side).</summary>
    /// <param name="max">How many at most.</param>
    /// <returns>A run that may be shorter than what is pending; its positions are those of the lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EventBatch Peek(int max) => _cursor.Peek(max);

    /// <summary>Releases the first of the events that <see cref="Peek"/> showed, and their annexes (reader side).</summary>
    /// <param name="count">How many of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than were shown.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _cursor.Advance(count);

    /// <summary>Says that the writer will write no more (writer side): the reader drains what is left and then forgets the lane.</summary>
    public void Retire()
    {
        _retired = true;
        _ring.Readable.Signal();
    }

    /// <summary>Says that the reader will take no more than what is there (any thread): waiting writers are let go.</summary>
    internal void Close()
    {
        _closed = true;
        _room.Gate.Signal();
    }

    /// <summary>Makes a drained lane ready for another writer.</summary>
    internal void Reopen() => _retired = false;

    /// <summary>Counts what the reader has not taken and never will; may be called again for what came in after.</summary>
    internal void Discard(DropCounters drops)
    {
        long published = _ring.Published;
        drops.Add(DropReason.Discarded, published - Math.Max(DiscardedThrough, _cursor.Position));
        DiscardedThrough = published;
    }

    private sealed class LaneRoom(EventLane lane) : IWaitable
    {
        public WaitGate Gate => lane._ring.Room.Gate;

        public bool IsReady => lane.IsClosed || lane.HasRoom;
    }
}
