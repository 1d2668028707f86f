using StreamSense.Core.Diagnostics;

namespace StreamSense.Core.Buffering;

/// <summary>The lanes that lead into one shard, and their one reader.</summary>
/// <remarks>
/// Lanes come and go at any time from any thread; <see cref="Peek"/>, <see cref="Advance"/> and <see cref="IsReady"/> belong to the
/// reader, one thread at a time. The reader takes from the lanes in turn, so that no writer starves another.
/// </remarks>
public sealed class LaneSet : IWaitable
{
    private readonly LaneOptions _options;
    private readonly Lock _sync = new();
    private readonly Stack<EventLane> _idle = new();
    private readonly DropCounters _drops;

    // Replaced as a whole under the lock; the reader reads it without.
    private EventLane[] _lanes = [];
    private volatile bool _closed;
    private bool _discarded;

    // Reader side.
    private EventLane? _current;
    private int _turn;

    /// <summary>Creates a set without lanes.</summary>
    /// <param name="options">The bounds of its lanes.</param>
    /// <param name="drops">Where events are counted that nobody takes any more; usually the counters of the pipeline.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public LaneSet(LaneOptions? options = null, DropCounters? drops = null)
    {
        _options = options ?? new LaneOptions();
        _options.Validate();
        _drops = drops ?? new DropCounters();
    }

    /// <summary>The gate at which the reader sleeps; every lane signals it.</summary>
    public WaitGate Gate { get; } = new();

    /// <summary>How many lanes there are.</summary>
    public int Count => Volatile.Read(ref _lanes).Length;

    /// <summary>Whether writers are turned away.</summary>
    public bool IsClosed => _closed;

    /// <summary>How many events wait in all lanes (any thread).</summary>
    public long Pending
    {
        get
        {
            long pending = 0;
            foreach (EventLane lane in Volatile.Read(ref _lanes))
            {
                pending += lane.Pending;
            }

            return pending;
        }
    }

    /// <summary>Whether the reader has something to do: events to take, lanes to forget, or the set was closed.</summary>
    public bool IsReady
    {
        get
        {
            if (_closed)
            {
                return true;
            }

            foreach (EventLane lane in Volatile.Read(ref _lanes))
            {
                if (lane.Pending > 0 || lane.IsRetired)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Opens a lane (any thread).</summary>
    /// <returns>A lane for one writer, who calls <see cref="EventLane.Retire"/> when done.</returns>
    /// <exception cref="InvalidOperationException">There are as many lanes as the options allow, or the set is closed.</exception>
    public EventLane Rent()
    {
        lock (_sync)
        {
            if (_closed)
            {
                throw new InvalidOperationException("The shard takes no more writers: it is closed.");
            }

            if (_lanes.Length >= _options.MaxLanes)
            {
                throw new InvalidOperationException(
                    $"{_options.MaxLanes} writers are rented, as many as LaneOptions.MaxLanes allows. Dispose of writers, or share them.");
            }

            if (_idle.TryPop(out EventLane? lane))
            {
                lane.Reopen();
            }
            else
            {
                lane = new EventLane(_options, Gate);
            }

            Volatile.Write(ref _lanes, [.. _lanes, lane]);
            return lane;
        }
    }

    /// <summary>Returns a lane (the writer, or whoever speaks for it).</summary>
    /// <param name="lane">A lane of this set; the reader forgets it once it is drained.</param>
    public void Return(EventLane lane)
    {
        ArgumentNullException.ThrowIfNull(lane);
        lane.Retire();
        lock (_sync)
        {
            if (_discarded)
            {
                // What the writer got in after the reader had gone.
                lane.Discard(_drops);
            }
        }
    }

    /// <summary>The next events of the lane whose turn it is, without releasing them (reader side).</summary>
    /// <param name="max">How many at most.</param>
    /// <returns>Events of one lane; empty if no lane has any.</returns>
    public EventBatch Peek(int max)
    {
        EventLane[] lanes = Volatile.Read(ref _lanes);
        for (int i = 0; i < lanes.Length; i++)
        {
            if (_turn >= lanes.Length)
            {
                _turn = 0;
            }

            EventLane lane = lanes[_turn++];

            // Asked before the look at the events: what a writer wrote before it retired must not be forgotten.
            bool retired = lane.IsRetired;
            EventBatch batch = lane.Peek(max);
            if (!batch.Events.IsEmpty)
            {
                _current = lane;
                return batch;
            }

            if (retired)
            {
                Forget(lane);
            }
        }

        _current = null;
        return default;
    }

    /// <summary>Releases the first of the events that the last <see cref="Peek"/> showed (reader side).</summary>
    /// <param name="count">How many of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than were shown.</exception>
    /// <exception cref="InvalidOperationException">Nothing was shown.</exception>
    public void Advance(int count)
    {
        if (_current is null)
        {
            throw new InvalidOperationException("Nothing was peeked.");
        }

        _current.Advance(count);
    }

    /// <summary>Turns writers away from now on (any thread); what the lanes hold can still be read.</summary>
    public void Close()
    {
        lock (_sync)
        {
            _closed = true;
            foreach (EventLane lane in _lanes)
            {
                lane.Close();
            }
        }

        Gate.Signal();
    }

    /// <summary>Counts what nobody will read any more as dropped; to be called when the reader has stopped for good.</summary>
    /// <remarks>What a writer may still get into a lane is counted when that writer is returned.</remarks>
    public void Discard()
    {
        Close();
        lock (_sync)
        {
            _discarded = true;
            foreach (EventLane lane in _lanes)
            {
                lane.Discard(_drops);
            }
        }
    }

    private void Forget(EventLane lane)
    {
        lock (_sync)
        {
            Volatile.Write(ref _lanes, Array.FindAll(_lanes, other => other != lane));
            if (!_closed && _idle.Count < _options.MaxIdleLanes)
            {
                _idle.Push(lane);
            }
        }
    }
}
