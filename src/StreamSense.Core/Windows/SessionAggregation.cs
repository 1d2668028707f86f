using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>Works out session windows of each key: runs of inputs that are less than a gap apart, in whatever order they come.</summary>
/// <remarks>
/// <para>One thread at a time. A window ends a gap after its last input. <b>Amendments:</b> it is told when that end is at or behind the
/// watermark, with version 1. An input that comes later, but before the watermark is <see cref="SessionWindowOptions.AllowedLateness"/>
/// behind that end, changes or extends it; it is told again, whole, with the next version, when it is complete (again), by
/// <see cref="AdvanceTo"/>. An input that joins two windows makes one of them: each that was told is retracted at once, and the one that
/// takes their place is told under a new id when it is complete. Behind the allowed lateness a window is final and forgotten; an
/// input whose own window would be final is counted in <see cref="LateInputs"/>, one that is only near a final window begins
/// another.</para>
/// <para>At most <see cref="SessionWindowOptions.MaxWindows"/> are kept; one that must go early is told as it is and counted. Nothing is
/// allocated once rows and keys have their number, unless the states do.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAggregate">The four verbs.</typeparam>
/// <typeparam name="TState">What is kept of the inputs.</typeparam>
/// <typeparam name="TInput">One contribution.</typeparam>
/// <typeparam name="TResult">What is told of a window.</typeparam>
public sealed class SessionAggregation<TKey, TAggregate, TState, TInput, TResult>
    where TKey : notnull
    where TAggregate : IWindowAggregate<TState, TInput, TResult>
{
    private readonly ISessionWindowConsumer<TKey, TResult> _consumer;
    private readonly SessionWindowRows<TKey, TState, TResult> _rows;
    private readonly DueHeap _due = new();
    private readonly long _gap;
    private readonly long _lateness;
    private long _watermark = long.MinValue;
    private long _lastId;

    /// <summary>Makes the operator.</summary>
    /// <param name="consumer">Who takes the results; called by the thread that adds and advances.</param>
    /// <param name="options">Gap, lateness and bound; null for the defaults.</param>
    /// <param name="comparer">How keys are compared; null for their own way. Keys that strangers choose want a seeded one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SessionAggregation(
        ISessionWindowConsumer<TKey, TResult> consumer,
        SessionWindowOptions? options = null,
        IEqualityComparer<TKey>? comparer = null)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        options ??= new SessionWindowOptions();
        options.Validate();
        _consumer = consumer;
        _rows = new SessionWindowRows<TKey, TState, TResult>(options.MaxWindows, comparer);
        _gap = options.Gap.Ticks / TimeSpan.TicksPerMicrosecond;
        _lateness = options.AllowedLateness.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>How many windows are kept.</summary>
    public int Count => _rows.Count;

    /// <summary>How many inputs changed nothing because the window they belong to was final.</summary>
    public long LateInputs { get; private set; }

    /// <summary>How many windows were told and forgotten early because there was no room.</summary>
    public long EvictedWindows { get; private set; }

    /// <summary>Adds an input of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="time">The time.</param>
    /// <param name="input">The input.</param>
    public void Add(TKey key, EventTime time, in TInput input)
    {
        long at = time.UnixMicroseconds;
        FindNear(key, at, out int window, out int other);
        if (window == SessionWindowRows<TKey, TState, TResult>.None)
        {
            if (IsFinal(at))
            {
                LateInputs++;
                return;
            }

            window = Open(key, at);
        }
        else if (other != SessionWindowRows<TKey, TState, TResult>.None)
        {
            Join(window, other);
        }

        ref SessionWindowRow<TKey, TState, TResult> row = ref _rows[window];
        TAggregate.Add(ref row.State, input);
        row.Inputs++;
        row.First = Math.Min(row.First, at);
        row.Last = Math.Max(row.Last, at);
        if (row.Version > 0 && !row.Changed)
        {
            row.Changed = true;
            _due.Move(window, DueOf(row));
        }
    }

    /// <summary>Moves the watermark, tells the windows that are complete by it and forgets those that are final.</summary>
    /// <param name="watermark">No input before it is expected; an earlier one than the last only tells what has changed.</param>
    public void AdvanceTo(EventTime watermark)
    {
        _watermark = Math.Max(_watermark, watermark.UnixMicroseconds);
        while (_due.Count > 0 && _due.First.Due <= _watermark)
        {
            int window = _due.First.Row;
            ref SessionWindowRow<TKey, TState, TResult> row = ref _rows[window];
            if (DueOf(row) > _due.First.Due)
            {
                _due.Move(window, DueOf(row));
            }
            else if (row.MustBeTold)
            {
                Tell(ref row);
                _due.Move(window, DueOf(row));
            }
            else
            {
                Forget(window);
            }
        }
    }

    private bool IsFinal(long last) => _watermark != long.MinValue && last + _gap + _lateness <= _watermark;

    // What a window waits for: to be complete, or to be final. A window that grows is due later than the heap says; that is put right
    // when its turn comes.
    private long DueOf(in SessionWindowRow<TKey, TState, TResult> row) => row.Last + _gap + (row.MustBeTold ? 0 : _lateness);

    // Two windows of a key are a gap apart at least, so that an instant is near two of them at most.
    private void FindNear(TKey key, long at, out int window, out int other)
    {
        window = other = SessionWindowRows<TKey, TState, TResult>.None;
        for (int row = _rows.FirstOf(key); row != SessionWindowRows<TKey, TState, TResult>.None; row = _rows[row].Next)
        {
            if (at > _rows[row].First - _gap && at < _rows[row].Last + _gap)
            {
                other = window;
                window = row;
            }
        }
    }

    private int Open(TKey key, long at)
    {
        if (_rows.IsFull)
        {
            Evict();
        }

        int window = _rows.Add(key);
        ref SessionWindowRow<TKey, TState, TResult> row = ref _rows[window];
        TAggregate.Start(ref row.State);
        row.Id = ++_lastId;
        row.First = row.Last = at;
        _due.Add(window, at + _gap);
        return window;
    }

    private void Join(int window, int other)
    {
        ref SessionWindowRow<TKey, TState, TResult> row = ref _rows[window];
        ref SessionWindowRow<TKey, TState, TResult> gone = ref _rows[other];
        Retract(row);
        Retract(gone);
        TAggregate.Merge(ref row.State, gone.State);
        row.Inputs += gone.Inputs;
        row.First = Math.Min(row.First, gone.First);
        row.Last = Math.Max(row.Last, gone.Last);
        row.Id = ++_lastId;
        row.Version = 0;
        row.Changed = false;
        _due.Move(window, DueOf(row));
        Forget(other);
    }

    private void Retract(in SessionWindowRow<TKey, TState, TResult> row)
    {
        if (row.Version > 0)
        {
            _consumer.OnRetraction(row.Told);
        }
    }

    private void Tell(ref SessionWindowRow<TKey, TState, TResult> row)
    {
        row.Version++;
        row.Changed = false;
        row.Told = new SessionWindowResult<TKey, TResult>(
            row.Id, row.Version, row.Key, new EventTime(row.First), new EventTime(row.Last), row.Inputs, TAggregate.Result(row.State));
        _consumer.OnResult(row.Told);
    }

    private void Evict()
    {
        while (DueOf(_rows[_due.First.Row]) > _due.First.Due)
        {
            _due.Move(_due.First.Row, DueOf(_rows[_due.First.Row]));
        }

        int window = _due.First.Row;
        if (_rows[window].MustBeTold)
        {
            Tell(ref _rows[window]);
        }

        Forget(window);
        EvictedWindows++;
    }

    private void Forget(int window)
    {
        _due.Remove(window);
        _rows.Remove(window);
    }
}
