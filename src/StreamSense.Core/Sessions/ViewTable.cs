using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>The bounded table of the views of a shard, on a slab; rows never move.</summary>
/// <remarks>The shard's thread only. A removed row is used again, so that a steady coming and going of views allocates nothing.</remarks>
internal sealed class ViewTable(int maxViews)
{
    public const int NoRow = -1;

    // From the view's id to the sums of its times.
    private const int HotBytes = 360;

    private readonly Slab<ViewRow> _slab = new(maxViews);

    public int Count => _slab.Count;

    public bool IsFull => _slab.Count >= maxViews;

    public ref ViewRow this[int row] => ref _slab[row];

    public int Find(ViewId view) => _slab.TryFind(view.Value, out int row) ? row : NoRow;

    /// <summary>Fetches ahead the place of a view's row in the index.</summary>
    public void PrefetchIndex(ViewId view) => _slab.PrefetchIndex(view.Value);

    /// <summary>The row that a view most likely has, or <see cref="NoRow"/>; it may be that of another.</summary>
    public int GuessOf(ViewId view) => _slab.GuessOf(view.Value);

    /// <summary>Fetches ahead the part of a view's row that nearly every event touches.</summary>
    public void PrefetchRow(ViewId view) => _slab.PrefetchRow(view.Value, HotBytes);

    /// <summary>The next row that is in use, in the order of rows; <see cref="NoRow"/> before the first and behind the last.</summary>
    public int NextRow(int row) => _slab.NextRow(row);

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
