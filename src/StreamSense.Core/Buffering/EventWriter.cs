using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>What a host rents to write events: a lane into each shard.</summary>
/// <remarks>
/// One thread at a time. Events of one writer reach a shard in the order in which they were written; between writers nothing is
/// promised. Disposing returns the lanes: the shards take what is left in them.
/// </remarks>
public sealed class EventWriter : IEventReceiver, IDisposable
{
    // How long a sleep may last before the writer looks around again; a wake-up comes by the gate, this is only a bound.
    private static readonly TimeSpan Spell = TimeSpan.FromMilliseconds(200);

    private readonly LaneSet[] _shards;
    private readonly EventLane[] _lanes;
    private readonly FullMode _fullMode;
    private readonly WaitStrategy _waitStrategy;
    private readonly DropCounters _drops;
    private readonly RecordCounter? _records;
    private readonly IEventReceiver? _catalogue;
    private volatile bool _disposed;

    /// <summary>Rents a lane into each shard.</summary>
    /// <param name="shards">The lanes of each shard, in the order of the shards' numbers.</param>
    /// <param name="drops">Where dropped and refused events are counted.</param>
    /// <param name="options">What to do when a lane is full.</param>
    /// <param name="records">Counts the records handed over; null where the caller counts them.</param>
    /// <param name="catalogue">Is shown every <c>title</c> row before its shard has it; null for nobody.</param>
    /// <exception cref="InvalidOperationException">A shard takes no more writers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no shard, or an option is out of its range.</exception>
    public EventWriter(
        ReadOnlySpan<LaneSet> shards,
        DropCounters drops,
        WriterOptions? options = null,
        RecordCounter? records = null,
        IEventReceiver? catalogue = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards.Length, 1, nameof(shards));
        ArgumentNullException.ThrowIfNull(drops);
        options ??= new WriterOptions();
        options.Validate();
        _fullMode = options.FullMode;
        _waitStrategy = options.WaitStrategy;
        _drops = drops;
        _records = records;
        _catalogue = catalogue;
        _shards = shards.ToArray();
        _lanes = new EventLane[_shards.Length];
        int rented = 0;
        try
        {
            for (; rented < _lanes.Length; rented++)
            {
                _lanes[rented] = _shards[rented].Rent();
            }
        }
        catch (InvalidOperationException)
        {
            while (--rented >= 0)
            {
                _shards[rented].Return(_lanes[rented]);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        WriteOutcome outcome = WriteUncounted(in streamEvent, annex);
        if (outcome != WriteOutcome.Full && (streamEvent.Flags & EventFlags.Derived) == 0)
        {
            _records?.Add(1);
        }

        return outcome;
    }

    private WriteOutcome WriteUncounted(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        int shard = ShardRouting.ShardOf(in streamEvent, _lanes.Length);
        EventLane lane = _lanes[shard];
        if (_disposed || lane.IsClosed)
        {
            return Drop(DropReason.Closed, WriteOutcome.Refused);
        }

        if (annex.Length > lane.MaxAnnexBytes)
        {
            return Drop(DropReason.AnnexTooLong, WriteOutcome.Refused);
        }

        if (streamEvent.Kind == EventKind.Title)
        {
            // All shards judge by it, whichever of them it goes to; seeing it twice does no harm.
            _catalogue?.Write(in streamEvent, annex);
        }

        bool toAll = GoesToAll(in streamEvent);
        if (toAll && _fullMode == FullMode.Reject && !AllHaveRoom())
        {
            // Nothing is written yet, so that the caller can try the whole event again.
            return WriteOutcome.Full;
        }

        if (ShallShed(lane, streamEvent.Kind))
        {
            return Drop(DropReason.Shed, WriteOutcome.Dropped);
        }

        if (!lane.TryWrite(in streamEvent, annex))
        {
            WriteOutcome outcome = WriteToFullLane(lane, in streamEvent, annex);
            if (outcome != WriteOutcome.Written)
            {
                return outcome;
            }
        }

        if (toAll)
        {
            CopyToOtherShards(in streamEvent, shard);
        }

        return WriteOutcome.Written;
    }

    /// <summary>Writes a batch of events without annexes, as far as it goes without waiting.</summary>
    /// <param name="events">The events; their annex handles are ignored.</param>
    /// <returns>
    /// How many of them, from the first on, are dealt with: written, or (where the mode is to drop, or the writer is closed) dropped and
    /// counted. The caller keeps the rest and may wait with <see cref="WaitToWriteAsync"/>.
    /// </returns>
    public int TryWrite(ReadOnlySpan<StreamEvent> events)
    {
        int done = 0;
        while (done < events.Length)
        {
            int shard = ShardRouting.ShardOf(in events[done], _lanes.Length);
            if (NeedsCare(in events[done]))
            {
                if (!TryWriteOne(in events[done], shard))
                {
                    return done;
                }

                done++;
                continue;
            }

            int end = done + 1;
            while (end < events.Length && !NeedsCare(in events[end]) && ShardRouting.ShardOf(in events[end], _lanes.Length) == shard)
            {
                end++;
            }

            int written = TryWriteRun(_lanes[shard], events[done..end]);
            if (done + written < end && !DropsWhenFull(_lanes[shard]))
            {
                _records?.Add(written);
                return done + written;
            }

            _records?.Add(end - done);
            CountDropped(_lanes[shard], end - done - written);
            done = end;
        }

        return done;
    }

    /// <summary>Completes when every lane has room for an event.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the writer or a shard is closed.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
    {
        foreach (EventLane lane in _lanes)
        {
            while (!lane.Room.IsReady && !_disposed)
            {
                await lane.Room.Gate.WaitAsync(lane.Room, cancellationToken).ConfigureAwait(false);
            }

            if (_disposed || lane.IsClosed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the lanes; what is in them still reaches the shards.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        for (int i = 0; i < _lanes.Length; i++)
        {
            _shards[i].Return(_lanes[i]);
        }
    }

    private bool GoesToAll(in StreamEvent streamEvent) => ShardRouting.GoesToAll(in streamEvent, _lanes.Length);

    // Those that cannot go with a run: requests may concern every shard, and heartbeats may be shed.
    private bool NeedsCare(in StreamEvent streamEvent) =>
        streamEvent.Kind == EventKind.Title
        || GoesToAll(in streamEvent)
        || (_fullMode == FullMode.ShedHeartbeats && IsSheddable(streamEvent.Kind));

    private static bool IsSheddable(EventKind kind) => kind is EventKind.Heartbeat or EventKind.MediaRequest;

    private bool ShallShed(EventLane lane, EventKind kind) =>
        _fullMode == FullMode.ShedHeartbeats && IsSheddable(kind) && lane.IsNearlyFull;

    private bool DropsWhenFull(EventLane lane) =>
        _fullMode is FullMode.DropNewest or FullMode.ShedHeartbeats || _disposed || lane.IsClosed;

    private WriteOutcome Drop(DropReason reason, WriteOutcome outcome)
    {
        _drops.Add(reason);
        return outcome;
    }

    private void CountDropped(EventLane lane, int count)
    {
        if (count > 0)
        {
            _drops.Add(_disposed || lane.IsClosed ? DropReason.Closed : DropReason.LaneFull, count);
        }
    }

    private bool AllHaveRoom()
    {
        foreach (EventLane lane in _lanes)
        {
            if (!lane.HasRoom)
            {
                return false;
            }
        }

        return true;
    }

    private int TryWriteRun(EventLane lane, ReadOnlySpan<StreamEvent> events)
    {
        int written = 0;
        while (written < events.Length && !_disposed && !lane.IsClosed)
        {
            Span<StreamEvent> slots = lane.Claim(events.Length - written);
            if (slots.IsEmpty)
            {
                break;
            }

            events.Slice(written, slots.Length).CopyTo(slots);
            lane.Publish(slots.Length);
            written += slots.Length;
        }

        return written;
    }

    // True if the event is dealt with.
    private bool TryWriteOne(in StreamEvent streamEvent, int shard)
    {
        if (_fullMode == FullMode.Wait)
        {
            // This method never waits: whatever the event needs must be free before anything of it is written.
            bool fits = GoesToAll(in streamEvent) ? AllHaveRoom() : _lanes[shard].HasRoom;
            if (!fits && !_disposed && !_lanes[shard].IsClosed)
            {
                return false;
            }
        }

        return Write(in streamEvent, default) != WriteOutcome.Full;
    }

    private WriteOutcome WriteToFullLane(EventLane lane, in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        switch (_fullMode)
        {
            case FullMode.Reject:
                return WriteOutcome.Full;
            case FullMode.Wait:
                return WriteWhenRoom(lane, in streamEvent, annex)
                    ? WriteOutcome.Written
                    : Drop(DropReason.Closed, WriteOutcome.Refused);
            default:
                return Drop(DropReason.LaneFull, WriteOutcome.Dropped);
        }
    }

    private bool WriteWhenRoom(EventLane lane, in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        while (!_disposed && !lane.IsClosed)
        {
            if (lane.TryWrite(in streamEvent, annex))
            {
                return true;
            }

            _waitStrategy.Wait(lane.Room, Spell);
        }

        return false;
    }

    private void CopyToOtherShards(in StreamEvent streamEvent, int shard)
    {
        StreamEvent copy = streamEvent;
        copy.Flags |= EventFlags.Broadcast;
        for (int i = 0; i < _lanes.Length; i++)
        {
            if (i == shard)
            {
                continue;
            }

            bool written = _lanes[i].TryWrite(in copy, default)
                || (_fullMode == FullMode.Wait && WriteWhenRoom(_lanes[i], in copy, default));
            if (!written)
            {
                _drops.Add(DropReason.BroadcastCopy);
            }
        }
    }
}
