namespace StreamSense.Core.Windows;

/// <summary>The panes of the newest window merged, so that the next window costs few merges however many panes it has.</summary>
/// <remarks>
/// <para>A queue of two stacks (Tangwongsan, Hirzel, Schneider 2017, "Low-latency sliding-window aggregation in worst-case constant
/// time", section 2): the front holds the merges of each suffix up to a border, the back one merge of all panes behind the border. A
/// step merges the panes that come in, and one front with the back; the front is built anew when the window has left it, which is
/// one merge a pane. A step of <c>s</c> panes costs <c>2 s + 2</c> merges on average, whatever the length.</para>
/// <para>Whoever changes a pane that has been merged says so, and the next window builds the front anew. One thread.</para>
/// </remarks>
internal sealed class PaneRun<TAggregate, TState, TInput, TResult>(PaneRing<TState> panes, int panesInWindow)
    where TAggregate : IWindowAggregate<TState, TInput, TResult>
{
    private readonly Pane<TState>[] _front = new Pane<TState>[panesInWindow];
    private Pane<TState> _back;
    private Pane<TState> _whole;
    private long _start;
    private long _border;
    private long _end;
    private bool _valid;

    /// <summary>A pane was changed.</summary>
    public void Changed(long pane)
    {
        if (pane >= _start && pane < _end)
        {
            _valid = false;
        }
    }

    /// <summary>The panes of a window from the first one on, merged; the windows asked for ascend.</summary>
    public ref readonly Pane<TState> Merged(long first)
    {
        long end = first + panesInWindow;
        if (!_valid || first < _start || first >= _border || end < _end)
        {
            Rebuild(first);
        }

        for (; _end < end; _end++)
        {
            MergePane(ref _back, _end);
        }

        Start(ref _whole);
        Merge(ref _whole, _front[first - _start]);
        Merge(ref _whole, _back);
        return ref _whole;
    }

    /// <summary>The panes of any window, merged one by one: for a window that was told before.</summary>
    public ref readonly Pane<TState> MergedAlone(long first)
    {
        Start(ref _whole);
        for (long pane = first; pane < first + panesInWindow; pane++)
        {
            MergePane(ref _whole, pane);
        }

        return ref _whole;
    }

    private static void Start(ref Pane<TState> run)
    {
        TAggregate.Start(ref run.State);
        run.Inputs = 0;
    }

    private static void Merge(ref Pane<TState> run, in Pane<TState> other)
    {
        if (other.Inputs > 0)
        {
            TAggregate.Merge(ref run.State, other.State);
            run.Inputs += other.Inputs;
        }
    }

    private void Rebuild(long first)
    {
        _start = first;
        _border = _end = first + panesInWindow;
        Start(ref _back);
        for (int i = panesInWindow - 1; i >= 0; i--)
        {
            Start(ref _front[i]);
            MergePane(ref _front[i], first + i);
            if (i + 1 < panesInWindow)
            {
                Merge(ref _front[i], _front[i + 1]);
            }
        }

        _valid = true;
    }

    private void MergePane(ref Pane<TState> run, long pane)
    {
        ref Pane<TState> slot = ref panes.SlotOf(pane);
        if (slot.Index == pane)
        {
            Merge(ref run, slot);
        }
    }
}
