using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>The bounded table of the views of a shard; rows never move.</summary>
/// <remarks>The shard's thread only. A removed row is used again, so that a steady coming and going of views allocates nothing.</remarks>
internal sealed class ViewTable(int maxViews)
{
    public const int NoRow = -1;
    private const int PageBits = 8;
    private const int PageRows = 1 << PageBits;

    private readonly Dictionary<ViewId, int> _index = [];
    private readonly List<ViewRow[]> _pages = [];
    private int _freeRow = NoRow;
    private int _usedRows;

    public int Count => _index.Count;

    public bool IsFull => _index.Count >= maxViews;

    public ref ViewRow this[int row] => ref _pages[row >> PageBits][row & (PageRows - 1)];

    public int Find(ViewId view) => _index.TryGetValue(view, out int row) ? row : NoRow;

    /// <summary>A row for a view that has none; the caller has made room.</summary>
    public int Add(ViewId view, long time)
    {
        int row = _freeRow;
        if (row != NoRow)
        {
            _freeRow = this[row].Next;
        }
        else
        {
            row = _usedRows++;
            if (row >> PageBits == _pages.Count)
            {
                _pages.Add(new ViewRow[PageRows]);
            }
        }

        this[row].Open(view, time);
        _index.Add(view, row);
        return row;
    }

    public void Remove(int row)
    {
        ref ViewRow view = ref this[row];
        _index.Remove(view.View);
        view = default;
        view.Next = _freeRow;
        _freeRow = row;
    }
}
