using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>The sequenced order of a shard: a bounded ring of events with one producer and any number of cursors.</summary>
/// <remarks>
/// <para>One thread at a time produces; each cursor is read by one thread at a time. The producer never overtakes the slowest
/// cursor. Positions count from 0 and never wrap. Nothing is allocated after construction.</para>
/// <para>An annex lives as long as its slot: until every cursor has advanced past it.</para>
/// </remarks>
public sealed class EventRing
{
    private readonly EventSlots _slots;
    private readonly AnnexRing _annexes;
    private readonly Lock _cursorLock = new();
    private readonly RingRoom _room;
    private RingCursor[] _cursors = [];
    private volatile bool _completed;

    // Producer side: Value is the published position, CachedPeer the slowest cursor's position when last looked at.
    private PaddedPosition _producer;

    /// <summary>Creates an empty ring.</summary>
    /// <param name="options">Its bounds.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public EventRing(RingOptions? options = null)
    {
        options ??= new RingOptions();
        options.Validate();
        _slots = new EventSlots(RingOptions.PowerOfTwo(options.SlotCount));
        _annexes = new AnnexRing(RingOptions.PowerOfTwo(options.AnnexBytes), options.MaxAnnexBytesPerEvent);
        _room = new RingRoom(this);
        Readable = new WaitGate();
    }

    internal EventRing(LaneOptions options, WaitGate readable)
    {
        options.Validate();
        _slots = new EventSlots(RingOptions.PowerOfTwo(options.SlotCount));
        _annexes = new AnnexRing(RingOptions.PowerOfTwo(options.AnnexBytes), options.MaxAnnexBytesPerEvent);
        _room = new RingRoom(this);
        Readable = readable;
    }

    /// <summary>How many events the ring holds.</summary>
    public int Capacity => _slots.Count;

    /// <summary>The longest annex that an event may have, in bytes.</summary>
    public int MaxAnnexBytes => _annexes.MaxAnnexBytes;

    /// <summary>The position that the next event will get; also how many events were published.</summary>
    public long Published => Volatile.Read(ref _producer.Value);

    /// <summary>Whether the producer has said that nothing will follow.</summary>
    public bool IsCompleted => _completed;

    /// <summary>What the producer waits for when the ring is full (producer side).</summary>
    public IWaitable Room => _room;

    /// <summary>Whether any event fits now, with the longest annex (producer side).</summary>
    public bool HasRoom => (HasFreeSlot && _annexes.FreeBytes >= _annexes.WorstCaseEntry) || HasRoomAfterLook();

    /// <summary>The gate at which readers sleep.</summary>
    internal WaitGate Readable { get; }

    private bool HasFreeSlot => _producer.Value - _producer.CachedPeer < _slots.Count;

    /// <summary>Adds a reader that starts at the present position.</summary>
    /// <remarks>
    /// Any thread. Cursors added before the first event see all of them; the ring waits for no cursor that it does not know.
    /// </remarks>
    /// <returns>The cursor; dispose of it so that the ring no longer waits for it.</returns>
    public RingCursor AddCursor()
    {
        lock (_cursorLock)
        {
            var cursor = new RingCursor(this, Published);
            Volatile.Write(ref _cursors, [.. _cursors, cursor]);

            // From here on the producer looks at the new cursor. It may just have looked at the others only, and be ahead of the
            // position above; what it has published by now is the first position that it cannot overtake any more.
            Interlocked.MemoryBarrierProcessWide();
            cursor.StartAt(Published);
            return cursor;
        }
    }

    /// <summary>Appends one event, if there is room (producer side).</summary>
    /// <param name="streamEvent">The event; its annex handle is replaced.</param>
    /// <param name="annex">Its annex, or empty; copied.</param>
    /// <returns>False if the ring is full.</returns>
    /// <exception cref="ArgumentException">The annex is longer than <see cref="MaxAnnexBytes"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPublish(in StreamEvent streamEvent, ReadOnlySpan<byte> annex = default)
    {
        long position = _producer.Value;
        if (!HasFreeSlot && !LookForSlots(1))
        {
            return false;
        }

        AnnexHandle handle = AnnexHandle.None;
        if (!annex.IsEmpty && !TryKeep(annex, out handle))
        {
            return false;
        }

        ref StreamEvent slot = ref _slots[position];
        slot = streamEvent;
        slot.Annex = handle;
        Volatile.Write(ref _producer.Value, position + 1);
        Readable.Signal();
        return true;
    }

    /// <summary>Lends free slots for events without an annex (producer side).</summary>
    /// <remarks>
    /// Fill a prefix whole (the slots hold old events) and <see cref="Publish"/> it; claiming again without it lends the same.
    /// </remarks>
    /// <param name="max">How many at most.</param>
    /// <returns>The slots: fewer where the memory ends or little is free, none if the ring is full.</returns>
    public Span<StreamEvent> Claim(int max)
    {
        long free = _producer.CachedPeer + _slots.Count - _producer.Value;
        if (free < max)
        {
            LookForSlots(max);
            free = _producer.CachedPeer + _slots.Count - _producer.Value;
        }

        return _slots.Run(_producer.Value, Math.Min(free, max));
    }

    /// <summary>Appends the first of the slots that <see cref="Claim"/> lent (producer side).</summary>
    /// <param name="count">How many of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than are free.</exception>
    public void Publish(int count)
    {
        long position = _producer.Value;
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _producer.CachedPeer + _slots.Count - position);
        for (int i = 0; i < count; i++)
        {
            // An event copied from elsewhere may carry a handle that means nothing here.
            _slots[position + i].Annex = AnnexHandle.None;
        }

        Volatile.Write(ref _producer.Value, position + count);
        Readable.Signal();
    }

    /// <summary>Says that nothing will follow: readers drain what is left and then see the end.</summary>
    public void Complete()
    {
        _completed = true;
        Readable.Signal();
        _room.Gate.Signal();
    }

    /// <summary>Whether a share of the slots or of the annex bytes is in use (producer side).</summary>
    /// <param name="quarters">The share in quarters.</param>
    internal bool IsFilled(int quarters) => IsFilledAsKnown(quarters) && IsFilledAfterLook(quarters);

    internal EventBatch BatchAt(long position, long count) => new(position, _slots.Run(position, count), _annexes);

    internal void SignalRoom() => _room.Gate.Signal();

    internal void Remove(RingCursor cursor)
    {
        lock (_cursorLock)
        {
            Volatile.Write(ref _cursors, Array.FindAll(_cursors, other => other != cursor));
        }

        SignalRoom();
    }

    private bool IsFilledAsKnown(int quarters) =>
        (_producer.Value - _producer.CachedPeer) * 4 >= (long)_slots.Count * quarters
        || _annexes.UsedBytes * 4L >= (long)_annexes.Capacity * quarters;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFilledAfterLook(int quarters)
    {
        LookForSlots(1);
        return IsFilledAsKnown(quarters);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoomAfterLook()
    {
        LookForSlots(1);
        return HasFreeSlot && _annexes.FreeBytes >= _annexes.WorstCaseEntry;
    }

    private bool TryKeep(ReadOnlySpan<byte> annex, out AnnexHandle handle)
    {
        if (annex.Length > _annexes.MaxAnnexBytes)
        {
            throw new ArgumentException("The annex is longer than this ring takes.", nameof(annex));
        }

        if (_annexes.TryWrite(annex, out handle))
        {
            return true;
        }

        LookForSlots(1);
        return _annexes.TryWrite(annex, out handle);
    }

    /// <summary>Looks how far the slowest cursor has come, and takes back the annexes that it has passed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LookForSlots(int wanted)
    {
        long slowest = _producer.Value;
        foreach (RingCursor cursor in Volatile.Read(ref _cursors))
        {
            slowest = Math.Min(slowest, cursor.Position);
        }

        // A cursor that is just being added may stand behind what was known: nothing is taken back twice.
        long known = _producer.CachedPeer;
        if (slowest > known)
        {
            ReleaseAnnexes(known, slowest);
            _producer.CachedPeer = slowest;
        }

        return _producer.Value + wanted - _producer.CachedPeer <= _slots.Count;
    }

    private void ReleaseAnnexes(long from, long to)
    {
        if (_annexes.IsEmpty)
        {
            return;
        }

        for (long position = to - 1; position >= from; position--)
        {
            AnnexHandle handle = _slots[position].Annex;
            if (!handle.IsNone)
            {
                _annexes.ReleaseThrough(handle);
                return;
            }
        }
    }

    private sealed class RingRoom(EventRing ring) : IWaitable
    {
        public WaitGate Gate { get; } = new();

        public bool IsReady => ring.IsCompleted || ring.HasRoom;
    }
}
