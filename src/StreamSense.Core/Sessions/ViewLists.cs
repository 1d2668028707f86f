using StreamSense.Core.Buffering;

namespace StreamSense.Core.Sessions;

/// <summary>Doubly linked lists through the rows of a <see cref="ViewTable"/>, each in the order of the last event.</summary>
/// <remarks>
/// The links lie beside the rows, not in them: moving a view to the end of its list touches two neighbours, and their rows, unlike their
/// links, have left the caches.
/// </remarks>
internal sealed class ViewLists
{
    private const int ListCount = (int)ViewListKind.Ended + 1;

    private readonly int[] _heads = new int[ListCount];
    private readonly int[] _tails = new int[ListCount];
    private readonly int[] _counts = new int[ListCount];
    private Link[] _links = new Link[64];

    public ViewLists()
    {
        Array.Fill(_heads, ViewTable.NoRow);
        Array.Fill(_tails, ViewTable.NoRow);
    }

    /// <summary>The view that has waited longest in a list, or <see cref="ViewTable.NoRow"/>.</summary>
    public int Head(ViewListKind list) => _heads[(int)list];

    public int Count(ViewListKind list) => _counts[(int)list];

    /// <summary>Fetches ahead what moving a view touches, in two steps: its own links, then its neighbours'.</summary>
    public void Prefetch(int row) => CacheLines.Prefetch(ref _links[Math.Min(row, _links.Length - 1)]);

    /// <summary>The second step, some events later.</summary>
    public void PrefetchNeighbours(int row)
    {
        Link[] links = _links;
        if ((uint)row < (uint)links.Length)
        {
            Link link = links[row];
            Prefetch(Math.Max(0, link.Previous));
            Prefetch(Math.Max(0, link.Next));
        }
    }

    /// <summary>Puts a view at the end of a list, out of the one it is in.</summary>
    public void MoveToEnd(int row, ViewListKind list)
    {
        if (row >= _links.Length)
        {
            Array.Resize(ref _links, Math.Max(row + 1, _links.Length * 2));
        }

        Leave(row);
        ref Link link = ref _links[row];
        int tail = _tails[(int)list];
        link.List = list;
        link.Previous = tail;
        link.Next = ViewTable.NoRow;
        if (tail == ViewTable.NoRow)
        {
            _heads[(int)list] = row;
        }
        else
        {
            _links[tail].Next = row;
        }

        _tails[(int)list] = row;
        _counts[(int)list]++;
    }

    public void Leave(int row)
    {
        if (row >= _links.Length || _links[row].List == ViewListKind.None)
        {
            return;
        }

        ref Link link = ref _links[row];
        int list = (int)link.List;
        if (link.Previous == ViewTable.NoRow)
        {
            _heads[list] = link.Next;
        }
        else
        {
            _links[link.Previous].Next = link.Next;
        }

        if (link.Next == ViewTable.NoRow)
        {
            _tails[list] = link.Previous;
        }
        else
        {
            _links[link.Next].Previous = link.Previous;
        }

        link.List = ViewListKind.None;
        _counts[list]--;
    }

    private struct Link
    {
        public int Previous;
        public int Next;
        public ViewListKind List;
    }
}
