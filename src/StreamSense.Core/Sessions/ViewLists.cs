namespace StreamSense.Core.Sessions;

/// <summary>Doubly linked lists through the rows of a <see cref="ViewTable"/>, each in the order of the last event.</summary>
internal sealed class ViewLists
{
    private const int ListCount = (int)ViewListKind.Ended + 1;

    private readonly ViewTable _table;
    private readonly int[] _heads = new int[ListCount];
    private readonly int[] _tails = new int[ListCount];
    private readonly int[] _counts = new int[ListCount];

    public ViewLists(ViewTable table)
    {
        _table = table;
        Array.Fill(_heads, ViewTable.NoRow);
        Array.Fill(_tails, ViewTable.NoRow);
    }

    /// <summary>The view that has waited longest in a list, or <see cref="ViewTable.NoRow"/>.</summary>
    public int Head(ViewListKind list) => _heads[(int)list];

    public int Count(ViewListKind list) => _counts[(int)list];

    public int NextOf(int row) => _table[row].Next;

    /// <summary>Puts a view at the end of a list, out of the one it is in.</summary>
    public void MoveToEnd(int row, ViewListKind list)
    {
        Leave(row);
        ref ViewRow view = ref _table[row];
        int tail = _tails[(int)list];
        view.List = list;
        view.Previous = tail;
        view.Next = ViewTable.NoRow;
        if (tail == ViewTable.NoRow)
        {
            _heads[(int)list] = row;
        }
        else
        {
            _table[tail].Next = row;
        }

        _tails[(int)list] = row;
        _counts[(int)list]++;
    }

    public void Leave(int row)
    {
        ref ViewRow view = ref _table[row];
        int list = (int)view.List;
        if (view.List == ViewListKind.None)
        {
            return;
        }

        if (view.Previous == ViewTable.NoRow)
        {
            _heads[list] = view.Next;
        }
        else
        {
            _table[view.Previous].Next = view.Next;
        }

        if (view.Next == ViewTable.NoRow)
        {
            _tails[list] = view.Previous;
        }
        else
        {
            _table[view.Next].Previous = view.Previous;
        }

        view.List = ViewListKind.None;
        _counts[list]--;
    }
}
