using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>Works out sliding or tumbling windows: inputs in any order go in, results come out as the watermark passes.</summary>
/// <remarks>
/// <para>One thread at a time. <b>Amendments:</b> a window is told when its end is at or behind the watermark, with version 1. An input
/// that comes later but within <see cref="WindowOptions.AllowedLateness"/> of that end changes it; it is told again by the next
/// <see cref="AdvanceTo"/> or <see cref="Flush"/>, whole, with the next version. Behind that the window is final: an input changes it no
/// more and is counted in <see cref="MissedWindows"/>. Windows without inputs are not told. Results of one call ascend by window,
/// amendments first.</para>
/// <para>Kept are the panes of one window and of the times that may be late or ahead, fixed when it is made; nothing is allocated after
/// that unless the states do. A step costs a number of merges that does not depend on the length; an amendment costs one merge
/// a pane.</para>
/// </remarks>
/// <typeparam name="TAggregate">The four verbs.</typeparam>
/// <typeparam name="TState">What is kept of the inputs.</typeparam>
/// <typeparam name="TInput">One contribution.</typeparam>
/// <typeparam name="TResult">What is told of a window.</typeparam>
public sealed class SlidingAggregation<TAggregate, TState, TInput, TResult>
    where TAggregate : IWindowAggregate<TState, TInput, TResult>
{
    private readonly IWindowConsumer<TResult> _consumer;
    private readonly PaneRing<TState> _panes;
    private readonly PaneRun<TAggregate, TState, TInput, TResult> _run;
    private readonly WindowLedger _told;
    private readonly long _lateness;
    private readonly long _ahead;
    private readonly long _capacity;
    private long _watermark = long.MinValue;
    private long _oldest = long.MaxValue;
    private long _newest = long.MinValue;

    /// <summary>Makes the operator.</summary>
    /// <param name="windows">How time is cut.</param>
    /// <param name="consumer">Who takes the results; called by the thread that advances.</param>
    /// <param name="options">Lateness and bounds; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the panes would be more than a million.</exception>
    public SlidingAggregation(SlidingWindows windows, IWindowConsumer<TResult> consumer, WindowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentOutOfRangeException.ThrowIfLessThan(windows.PanesInWindow, 1, nameof(windows));
        options ??= new WindowOptions();
        options.Validate();
        Windows = windows;
        _consumer = consumer;
        _lateness = options.AllowedLateness.Ticks / TimeSpan.TicksPerMicrosecond;
        _ahead = options.MaxAhead.Ticks / TimeSpan.TicksPerMicrosecond;
        long pane = windows.Pane.Ticks / TimeSpan.TicksPerMicrosecond;
        _capacity = windows.PanesInWindow + windows.PanesInStep + (_lateness / pane) + (_ahead / pane) + 3;
        _panes = new PaneRing<TState>(_capacity);
        _run = new PaneRun<TAggregate, TState, TInput, TResult>(_panes, windows.PanesInWindow);
        _told = new WindowLedger((_lateness / (pane * windows.PanesInStep)) + 3);
    }

    /// <summary>How time is cut.</summary>
    public SlidingWindows Windows { get; }

    /// <summary>How many inputs changed nothing because every window of theirs was final.</summary>
    public long LateInputs { get; private set; }

    /// <summary>How often an input found one of its windows final; inputs that are in <see cref="LateInputs"/> count for each.</summary>
    public long MissedWindows { get; private set; }

    /// <summary>How many inputs were refused because they were too far ahead.</summary>
    public long RefusedInputs { get; private set; }

    private long FirstLive => _watermark == long.MinValue ? long.MinValue : Windows.LastEndedAt(_watermark - _lateness) + 1;

    /// <summary>Adds an input to all windows that its time lies in.</summary>
    /// <param name="time">The time.</param>
    /// <param name="input">The input.</param>
    public void Add(EventTime time, in TInput input)
    {
        long index = Windows.PaneOf(time.UnixMicroseconds);
        long firstLive = FirstLive;
        if (firstLive != long.MinValue && !IsInReach(time, index, firstLive))
        {
            return;
        }

        ref Pane<TState> pane = ref _panes.SlotOf(index);
        if (pane.Index != index)
        {
            if (!CanTake(pane.Index, index, firstLive))
            {
                RefusedInputs++;
                return;
            }

            TAggregate.Start(ref pane.State);
            pane.Inputs = 0;
            pane.Index = index;
        }

        TAggregate.Add(ref pane.State, input);
        pane.Inputs++;
        _oldest = Math.Min(_oldest, index);
        _newest = Math.Max(_newest, index);
        if (firstLive != long.MinValue)
        {
            NoteChanges(index, firstLive);
        }
    }

    /// <summary>Moves the watermark and tells the windows that end at it or before, and those that have changed.</summary>
    /// <param name="watermark">No input before it is expected; an earlier one than the last changes nothing.</param>
    public void AdvanceTo(EventTime watermark)
    {
        Flush();
        if (watermark.UnixMicroseconds <= _watermark)
        {
            return;
        }

        if (_newest != long.MinValue)
        {
            long window = Windows.FirstOfPane(_oldest);
            if (_watermark != long.MinValue)
            {
                window = Math.Max(window, Windows.LastEndedAt(_watermark) + 1);
            }

            long last = Math.Min(Windows.LastEndedAt(watermark.UnixMicroseconds), Windows.LastOfPane(_newest));
            for (; window <= last; window++)
            {
                Tell(window, _run.Merged(window * Windows.PanesInStep));
            }
        }

        _watermark = watermark.UnixMicroseconds;
        _oldest = Math.Max(_oldest, FirstLive * Windows.PanesInStep);
    }

    /// <summary>Tells the windows that have changed since they were told, without moving the watermark.</summary>
    public void Flush()
    {
        if (!_told.AnyChanged)
        {
            return;
        }

        long last = Windows.LastEndedAt(_watermark);
        for (long window = FirstLive; window <= last; window++)
        {
            if (_told.TakeChanged(window))
            {
                Tell(window, _run.MergedAlone(window * Windows.PanesInStep));
            }
        }

        _told.ClearAnyChanged();
    }

    private bool IsInReach(EventTime time, long pane, long firstLive)
    {
        long first = Windows.FirstOfPane(pane);
        long last = Windows.LastOfPane(pane);
        MissedWindows += Math.Clamp(firstLive - first, 0, last - first + 1);
        if (last < firstLive)
        {
            LateInputs++;
            return false;
        }

        if (time.UnixMicroseconds > _watermark && time.UnixMicroseconds - _watermark > _ahead)
        {
            RefusedInputs++;
            return false;
        }

        return true;
    }

    // Before the first watermark nothing says where time is, but the ring bounds how far apart two panes may be.
    private bool CanTake(long held, long wanted, long firstLive)
    {
        bool isFree = held == long.MinValue || (firstLive != long.MinValue && held < firstLive * Windows.PanesInStep);
        return isFree && (_newest == long.MinValue || firstLive != long.MinValue
            || Math.Max(_newest, wanted) - Math.Min(_oldest, wanted) < _capacity);
    }

    private void NoteChanges(long pane, long firstLive)
    {
        long last = Math.Min(Windows.LastOfPane(pane), Windows.LastEndedAt(_watermark));
        for (long window = Math.Max(firstLive, Windows.FirstOfPane(pane)); window <= last; window++)
        {
            _told.Change(window);
        }

        _run.Changed(pane);
    }

    private void Tell(long window, in Pane<TState> run)
    {
        if (run.Inputs > 0)
        {
            TResult value = TAggregate.Result(run.State);
            _consumer.OnResult(new WindowResult<TResult>(
                Windows.StartOf(window), Windows.EndOf(window), _told.NextVersion(window), run.Inputs, value));
        }
    }
}
