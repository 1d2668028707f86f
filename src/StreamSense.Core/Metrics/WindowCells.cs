using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Metrics;

/// <summary>The cells of the newest windows of a shard, in a ring; the cells of a window that leaves it are used again.</summary>
/// <remarks>
/// The shard's thread only. Runs of time go to their window and, when it leaves the ring, from there to the cells of all time: half the
/// sums an event touches. Counts go to both at once.
/// </remarks>
internal sealed class WindowCells
{
    private readonly TumblingWindows _windows;
    private readonly Slot[] _ring;
    private readonly Stack<MetricCell> _free = new();
    private readonly int _maxCells;
    private readonly GroupCells _allTime;
    private int _cellsMade;
    private long _newest = long.MinValue;

    // Events come in the order of time, nearly: the window that the last one was in, and its slot.
    private long _lastWindow = long.MinValue;
    private long _lastStart = long.MaxValue;
    private long _lastEnd = long.MinValue;
    private Slot? _lastSlot;

    public WindowCells(MetricsOptions options, GroupCells allTime)
    {
        _allTime = allTime;
        _windows = new TumblingWindows(options.WindowLength);
        _maxCells = options.MaxWindowCells;
        _ring = new Slot[options.WindowCount];
        for (int i = 0; i < _ring.Length; i++)
        {
            _ring[i] = new Slot();
        }
    }

    /// <summary>How many additions came for windows that are no longer kept.</summary>
    public long TooOld { get; private set; }

    /// <summary>How many additions found no cell for their value; the window's totals have them.</summary>
    public long Refused { get; private set; }

    public TumblingWindows Windows => _windows;

    private long Oldest => _newest == long.MinValue ? long.MinValue : _newest - _ring.Length + 1;

    /// <summary>The window of an instant, which becomes the newest one if it is later than all.</summary>
    public long Reach(EventTime time)
    {
        long window = IndexOf(time);
        _newest = Math.Max(_newest, window);
        return window;
    }

    /// <summary>The window of an instant.</summary>
    public long IndexOf(EventTime time)
    {
        if (time.UnixMicroseconds < _lastStart || time.UnixMicroseconds >= _lastEnd)
        {
            _lastWindow = _windows.IndexOf(time);
            _lastStart = _windows.StartOf(_lastWindow).UnixMicroseconds;
            _lastEnd = _windows.EndOf(_lastWindow).UnixMicroseconds;
            _lastSlot = null;
        }

        return _lastWindow;
    }

    /// <summary>Whether a window is kept; if not, the addition to it is counted.</summary>
    public bool IsKept(long window)
    {
        bool kept = window >= Oldest;
        TooOld += kept ? 0 : 1;
        return kept;
    }

    /// <summary>The first window of a run that is kept; the additions before it are counted.</summary>
    public long FirstKept(long window)
    {
        if (window >= Oldest)
        {
            return window;
        }

        TooOld += Oldest - window;
        return Oldest;
    }

    /// <summary>The cell of a group in a window that is kept, or null if there is no room for it.</summary>
    public MetricCell? CellOf(long window, int group)
    {
        Slot slot = SlotOf(window);
        if (group == 0)
        {
            return slot.Whole;
        }

        return group < slot.Cells.Length && slot.Cells[group] is { } cell ? cell : AddCell(slot, group);
    }

    /// <summary>Adds a run of time to the cells of a window that is kept.</summary>
    public void AddTime(long window, in ViewGroups groups, in TimeSums sums)
    {
        Slot slot = SlotOf(window);
        slot.Whole.Sums.AddTime(sums);
        AddTime(slot, groups.Title, sums);
        AddTime(slot, groups.Cdn, sums);
        AddTime(slot, groups.Country, sums);
        AddTime(slot, groups.DeviceKind, sums);
    }

    /// <summary>Until when time behind a run goes to cells that are there: the end of the window, unless one is missing.</summary>
    public long WaitUntil(in ViewGroups groups, long end)
    {
        long window = Reach(new EventTime(end - 1));
        if (window < Oldest)
        {
            return PlayRuns.Never;
        }

        Slot slot = SlotOf(window);
        return slot.Has(groups.Title) && slot.Has(groups.Cdn) && slot.Has(groups.Country) && slot.Has(groups.DeviceKind)
            ? _lastEnd
            : PlayRuns.Never;
    }

    /// <summary>Fetches ahead the cell of a group in the window of the last instant.</summary>
    public void Prefetch(int group)
    {
        if (_lastSlot is { } slot && group < slot.Cells.Length && slot.Cells[group] is { } cell)
        {
            CacheLines.Prefetch(ref cell.Sums);
        }
    }

    /// <summary>Copies the windows that are kept into a snapshot, and the time in all of them into its cells of all time.</summary>
    public void CopyTo(MetricsPartial partial, GroupTable groups, MetricCell[] allTime)
    {
        foreach (Slot slot in _ring)
        {
            bool kept = slot.Window >= Oldest && slot.Window != long.MinValue;
            allTime[0].Sums.AddTimesOf(slot.Whole.Sums);
            if (kept && !slot.Whole.IsEmpty)
            {
                partial.CellOf(slot.Window, GroupKey.Whole).Merge(slot.Whole);
            }

            foreach (int group in slot.Groups)
            {
                MetricCell cell = slot.Cells[group]!;
                allTime[group].Sums.AddTimesOf(cell.Sums);
                if (kept && !cell.IsEmpty)
                {
                    partial.CellOf(slot.Window, groups[group]).Merge(cell);
                }
            }
        }
    }

    private void AddTime(Slot slot, int group, in TimeSums sums)
    {
        MetricCell?[] cells = slot.Cells;
        MetricCell? cell = (uint)group < (uint)cells.Length ? cells[group] : null;
        cell ??= AddCell(slot, group) ?? _allTime[group];
        cell.Sums.AddTime(sums);
    }

    private Slot SlotOf(long window)
    {
        if (window == _lastWindow && _lastSlot is not null)
        {
            return _lastSlot;
        }

        int place = (int)(window % _ring.Length);
        Slot slot = _ring[place < 0 ? place + _ring.Length : place];
        if (slot.Window != window)
        {
            Recycle(slot, window);
        }

        _lastSlot = window == _lastWindow ? slot : null;
        return slot;
    }

    private MetricCell? AddCell(Slot slot, int group)
    {
        if (!_free.TryPop(out MetricCell? cell))
        {
            if (_cellsMade >= _maxCells)
            {
                Refused++;
                return null;
            }

            _cellsMade++;
            cell = new MetricCell();
        }

        slot.Put(group, cell);
        return cell;
    }

    private void Recycle(Slot slot, long window)
    {
        slot.Window = window;
        _allTime[0].Sums.AddTimesOf(slot.Whole.Sums);
        slot.Whole.Clear();
        foreach (int group in slot.Groups)
        {
            MetricCell cell = slot.Cells[group]!;
            slot.Cells[group] = null;
            _allTime[group].Sums.AddTimesOf(cell.Sums);
            cell.Clear();
            _free.Push(cell);
        }

        slot.Groups.Clear();
        _lastSlot = null;
    }

    private sealed class Slot
    {
        public long Window { get; set; } = long.MinValue;

        public MetricCell Whole { get; } = new();

        /// <summary>The cells by the number of their group: as long as there are groups.</summary>
        public MetricCell?[] Cells { get; private set; } = [];

        /// <summary>The groups that have a cell.</summary>
        public List<int> Groups { get; } = [];

        public bool Has(int group) => group < Cells.Length && Cells[group] is not null;

        public void Put(int group, MetricCell cell)
        {
            if (group >= Cells.Length)
            {
                MetricCell?[] cells = Cells;
                Array.Resize(ref cells, Math.Max(64, Math.Max(group + 1, cells.Length * 2)));
                Cells = cells;
            }

            Cells[group] = cell;
            Groups.Add(group);
        }
    }
}
