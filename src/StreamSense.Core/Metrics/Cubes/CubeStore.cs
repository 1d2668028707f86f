using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The writer's side of a cube's tree: finds and makes cells, copies what a snapshot holds, expires windows.</summary>
/// <remarks>
/// The shard's thread only, between <see cref="Begin"/> and the taking of <see cref="Root"/>. Windows that expire lend their pages and
/// sketches to the next ones, unless a snapshot may hold them; so nothing is allocated once as much is kept as is made, while
/// no snapshots are taken.
/// </remarks>
internal sealed class CubeStore
{
    private const int MostFreeWindows = 64;

    private readonly int[] _maxValues;
    private readonly long[] _windowsKept = new long[CubeLevels.Count];
    private readonly int[] _cells = new int[CubeLevels.Count];
    private readonly int _maxCells;
    private readonly CubePagePool _pool = new();
    private readonly Stack<CubeWindowNode> _freeWindows = new();
    private readonly long[] _overflowed;
    private readonly bool[] _overflows;
    private long _epoch;

    public CubeStore(CubeOptions options)
    {
        _maxCells = options.MaxCellsPerLevel;
        _maxValues = new int[options.Groupings.Count + 1];
        _maxValues[0] = 1;
        _overflowed = new long[options.Groupings.Count + 1];
        _overflows = new bool[options.Groupings.Count + 1];
        for (int i = 0; i < options.Groupings.Count; i++)
        {
            _maxValues[i + 1] = options.Groupings[i].MaxValues;
        }

        var levels = new CubeLevelNode[CubeLevels.Count];
        for (int level = 0; level < levels.Length; level++)
        {
            _windowsKept[level] = options.WindowsKept((CubeLevel)level);
            uint slots = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, _windowsKept[level]));
            levels[level] = new CubeLevelNode(0, new CubeWindowNode?[slots]);
        }

        Root = new CubeRoot(0, levels);
    }

    /// <summary>The tree as it is.</summary>
    public CubeRoot Root { get; private set; }

    /// <summary>How many additions came for windows that are no longer kept.</summary>
    public long TooOld { get; private set; }

    /// <summary>How many windows went before their time because their level was full.</summary>
    public long ExpiredEarly { get; private set; }

    /// <summary>How many cells there are in all levels.</summary>
    public int Cells => _cells[0] + _cells[1] + _cells[2] + _cells[3];

    /// <summary>How many sessions a grouping sent to <c>other</c>; 0 is the whole.</summary>
    public long OverflowedOf(int grouping) => Volatile.Read(ref _overflowed[grouping]);

    /// <summary>From now on nodes of this epoch, and only they, may be changed; a session begins.</summary>
    public void Begin(long epoch) => _epoch = epoch;

    /// <summary>Counts the session that has been through, once for each grouping that sent it to <c>other</c> anywhere.</summary>
    /// <param name="sign">1 if it was added, -1 if it was taken back.</param>
    public void CountOverflows(int sign)
    {
        for (int grouping = 0; grouping < _overflows.Length; grouping++)
        {
            if (_overflows[grouping])
            {
                _overflows[grouping] = false;
                Volatile.Write(ref _overflowed[grouping], _overflowed[grouping] + sign);
            }
        }
    }

    /// <summary>Whether a level keeps anything.</summary>
    public bool Keeps(int level) => _windowsKept[level] > 0;

    /// <summary>Moves a level on to a window, and makes room for some cells by expiring its oldest windows.</summary>
    public void Reach(int level, long window, int newCells)
    {
        CubeLevelNode node = Own(level);
        if (window > node.Newest)
        {
            long floor = window - _windowsKept[level];
            if (node.Newest != long.MinValue)
            {
                Expire(level, node, floor);
            }

            node.Floor = Math.Max(node.Floor, floor);
            node.Newest = window;
        }

        while (_cells[level] + newCells > _maxCells && node.Floor + 1 < node.Newest)
        {
            ExpiredEarly += node.SlotOf(node.Floor + 1)?.Index == node.Floor + 1 ? 1 : 0;
            Expire(level, node, node.Floor + 1);
        }
    }

    /// <summary>A window for writing, or null if it is no longer kept, which is counted.</summary>
    public CubeWindowNode? Open(int level, long window)
    {
        CubeLevelNode node = Own(level);
        if (window <= node.Floor)
        {
            TooOld++;
            return null;
        }

        ref CubeWindowNode? slot = ref node.SlotOf(window);
        if (slot?.Index != window)
        {
            slot = NewWindow(window);
        }
        else if (slot.Epoch != _epoch)
        {
            slot = slot.Copy(_epoch);
        }

        return slot;
    }

    /// <summary>The cell of a key for writing, or that of <c>other</c>.</summary>
    /// <param name="level">The level.</param>
    /// <param name="window">An open window of it.</param>
    /// <param name="grouping">The grouping; 0 is the whole.</param>
    /// <param name="key">The values.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="page">The page that holds the cell.</param>
    /// <returns>The place of the cell in its page.</returns>
    public int CellOf(int level, CubeWindowNode window, int grouping, in CubeKey key, uint hash, out CubePage page)
    {
        ref CubeSegment segment = ref window.Segments[grouping];
        if (segment.Epoch != _epoch)
        {
            segment = segment.Copy(_epoch);
        }

        int row = segment.Index.Find(segment, key, hash);
        if (row < 0)
        {
            row = RowOfNew(level, segment, grouping, key, hash);
        }

        ref CubePage owned = ref segment.Pages[row >> CubePage.Shift];
        Own(ref owned);
        page = owned;
        return row & CubePage.Mask;
    }

    /// <summary>The sketch of startup times beside a cell, for writing.</summary>
    public QuantileSketch StartupOf(CubePage page, int place)
    {
        ref QuantileSketch? sketch = ref page.Startups[place];
        ref long epoch = ref page.Cells[place].StartupEpoch;
        if (sketch is null || epoch != _epoch)
        {
            QuantileSketch owned = _pool.RentSketch();
            if (sketch is not null)
            {
                owned.Merge(sketch);
            }

            sketch = owned;
            epoch = _epoch;
        }

        return sketch;
    }

    private CubeLevelNode Own(int level)
    {
        if (Root.Epoch != _epoch)
        {
            Root = new CubeRoot(_epoch, (CubeLevelNode[])Root.Levels.Clone());
        }

        ref CubeLevelNode node = ref Root.Levels[level];
        if (node.Epoch != _epoch)
        {
            node = node.Copy(_epoch);
        }

        return node;
    }

    private int RowOfNew(int level, CubeSegment segment, int grouping, in CubeKey key, uint hash)
    {
        bool isFull = segment.OtherRow >= 0 || segment.Count >= _maxValues[grouping] || _cells[level] >= _maxCells;
        if (!isFull || grouping == 0)
        {
            int row = AddRow(level, segment, key);
            segment.Index.Add(row, hash);
            return row;
        }

        // Once a segment has overflowed, new values stay in its other cell for good: what is taken back later is found where it was put.
        _overflows[grouping] = true;
        if (segment.OtherRow < 0)
        {
            segment.OtherRow = AddRow(level, segment, CubeKey.Other);
        }

        return segment.OtherRow;
    }

    private int AddRow(int level, CubeSegment segment, in CubeKey key)
    {
        int row = segment.Count;
        int number = row >> CubePage.Shift;
        if (number == segment.Pages.Length)
        {
            CubePage[] pages = segment.Pages;
            Array.Resize(ref pages, Math.Max(1, pages.Length * 2));
            segment.Pages = pages;
        }

        ref CubePage page = ref segment.Pages[number];
        int place = row & CubePage.Mask;
        if (place == 0)
        {
            page = _pool.Rent(_epoch, number == 0 ? 0 : CubePage.Shift);
        }
        else if (place == page.Cells.Length)
        {
            CubePage larger = _pool.Rent(_epoch, page.SizeClass + 1);
            page.CopyTo(larger);
            if (page.Epoch == _epoch)
            {
                _pool.ReturnMoved(page);
            }

            page = larger;
        }
        else
        {
            Own(ref page);
        }

        page.Cells[place].Key = key;
        segment.Count++;
        _cells[level]++;
        return row;
    }

    private void Own(ref CubePage page)
    {
        if (page.Epoch != _epoch)
        {
            CubePage copy = _pool.Rent(_epoch, page.SizeClass);
            page.CopyTo(copy);
            page = copy;
        }
    }

    private CubeWindowNode NewWindow(long window)
    {
        if (_freeWindows.TryPop(out CubeWindowNode? node))
        {
            node.Epoch = _epoch;
            node.Index = window;
            foreach (CubeSegment segment in node.Segments)
            {
                segment.Epoch = _epoch;
            }

            return node;
        }

        var segments = new CubeSegment[_maxValues.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = new CubeSegment(_epoch, [], new CubeIndex());
        }

        return new CubeWindowNode(_epoch, window, segments);
    }

    // The windows above the old floor up to the new one; a longer way than the ring passes each slot once.
    private void Expire(int level, CubeLevelNode node, long floor)
    {
        for (long window = Math.Max(node.Floor + 1, floor - node.Ring.Length + 1); window <= floor; window++)
        {
            ref CubeWindowNode? slot = ref node.SlotOf(window);
            if (slot is not null && slot.Index <= floor)
            {
                Recycle(level, slot);
                slot = null;
            }
        }

        node.Floor = Math.Max(node.Floor, floor);
    }

    // What is of an earlier epoch may belong to a snapshot.
    private void Recycle(int level, CubeWindowNode window)
    {
        bool isOwned = window.Epoch == _epoch;
        for (int i = 0; i < window.Segments.Length; i++)
        {
            CubeSegment segment = window.Segments[i];
            _cells[level] -= segment.Count;
            for (int page = 0; page << CubePage.Shift < segment.Count; page++)
            {
                if (segment.Pages[page].Epoch == _epoch)
                {
                    _pool.Return(segment.Pages[page]);
                }
            }

            if (segment.Epoch == _epoch)
            {
                Array.Clear(segment.Pages);
                segment.Reset(_epoch);
            }
            else if (isOwned)
            {
                window.Segments[i] = new CubeSegment(_epoch, [], new CubeIndex());
            }
        }

        if (isOwned && _freeWindows.Count < MostFreeWindows)
        {
            _freeWindows.Push(window);
        }
    }
}
