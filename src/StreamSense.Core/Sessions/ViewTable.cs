using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>The bounded table of the views of a shard, on a slab; rows never move.</summary>
/// <remarks>The shard's thread only. A removed row is used again, so that a steady coming and going of views allocates nothing.</remarks>
internal sealed class ViewTable(int maxViews)
{
    public const int NoRow = -1;

    // Up to the groups: what a heartbeat looks at. Other events look further.
    private const int HotBytes = 168;
    private const int AllBytes = 464;
    private const int RowsFurther = 6;

    private readonly Slab<ViewRow> _slab = new(maxViews);

    public int Count => _slab.Count;

    public bool IsFull => _slab.Count >= maxViews;

    public ref ViewRow this[int row] => ref _slab[row];

    public int Find(ViewId view) => _slab.TryFind(view.Value, out int row) ? row : NoRow;

    /// <summary>Fetches ahead the place of a view's row in the index.</summary>
    /// <returns>The hash of its id.</returns>
    public uint PrefetchIndex(ViewId view) => _slab.PrefetchIndex(view.Value);

    /// <summary>Fetches ahead the part of a view's row that a heartbeat touches, or all of it.</summary>
    /// <returns>The row that the view most likely has, or <see cref="NoRow"/>; see <see cref="IsRowOf"/>.</returns>
    public int PrefetchRow(uint hash, bool all) => _slab.PrefetchRow(hash, all ? AllBytes : HotBytes);

    /// <summary>Whether a row that <see cref="PrefetchRow"/> gave is that of a view now.</summary>
    public bool IsRowOf(int row, ViewId view) => _slab.IsRowOf(row, view.Value);

    /// <summary>The next row that is in use, in the order of rows; <see cref="NoRow"/> before the first and behind the last.</summary>
    public int NextRow(int row) => _slab.NextRow(row);

    /// <summary>Fetches ahead a row a little behind another, for who walks along them.</summary>
    public void PrefetchRowsAfter(int row) => _slab.PrefetchAt(row + RowsFurther, AllBytes);

    /// <summary>A row for a view that has none; the caller has made room.</summary>
    public int Add(ViewId view, long time)
    {
        if (!_slab.TryGetOrAdd(view.Value, out int row, out _))
        {
            throw new InvalidOperationException("The table of views is full.");
        }

        _slab[row].Open(view, time);
        return row;
    }

    public void Remove(int row) => _slab.Remove(_slab[row].View.Value);
}
