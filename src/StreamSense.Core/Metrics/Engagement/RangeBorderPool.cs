namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Lists of borders in the order of their places, in one bounded array.</summary>
/// <remarks>One thread at a time. Allocates only while the array grows to its bound.</remarks>
internal sealed class RangeBorderPool(int maxBorders)
{
    private const int None = -1;

    private RangeBorder[] _borders = new RangeBorder[Math.Min(maxBorders, 64)];
    private int _used;
    private int _free = None;

    /// <summary>A copy of the array.</summary>
    public RangeBorder[] Copy() => _borders.AsSpan(0, _used).ToArray();

    /// <summary>Changes the number of plays from a place on.</summary>
    /// <param name="first">The list; its first border, or -1.</param>
    /// <param name="count">The length of the list.</param>
    /// <param name="position">The place.</param>
    /// <param name="change">By how much.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryChange(ref int first, ref int count, long position, int change)
    {
        int before = None;
        int at = first;
        while (at != None && _borders[at].Position < position)
        {
            before = at;
            at = _borders[at].Next;
        }

        if (at != None && _borders[at].Position == position)
        {
            _borders[at].Change += change;
            if (_borders[at].Change == 0)
            {
                Link(ref first, before, _borders[at].Next);
                Free(at);
                count--;
            }

            return true;
        }

        if (!TryTake(out int taken))
        {
            return false;
        }

        _borders[taken] = new RangeBorder { Position = position, Change = change, Next = at };
        Link(ref first, before, taken);
        count++;
        return true;
    }

    /// <summary>Gives all borders of a list back.</summary>
    public void Clear(ref int first, ref int count)
    {
        while (first != None)
        {
            int next = _borders[first].Next;
            Free(first);
            first = next;
        }

        count = 0;
    }

    private void Link(ref int first, int before, int next)
    {
        if (before == None)
        {
            first = next;
        }
        else
        {
            _borders[before].Next = next;
        }
    }

    private bool TryTake(out int taken)
    {
        taken = _free;
        if (taken != None)
        {
            _free = _borders[taken].Next;
            return true;
        }

        if (_used == maxBorders)
        {
            return false;
        }

        if (_used == _borders.Length)
        {
            Array.Resize(ref _borders, Math.Min(maxBorders, _used * 2));
        }

        taken = _used++;
        return true;
    }

    private void Free(int border)
    {
        _borders[border].Next = _free;
        _free = border;
    }
}
