namespace StreamSense.Core.Windows;

/// <summary>Rows in the order in which they are due: a binary heap that knows where each row is, so that any can be moved.</summary>
internal sealed class DueHeap
{
    private (long Due, int Row)[] _heap = new (long, int)[16];
    private int[] _places = new int[16];

    /// <summary>How many rows it has.</summary>
    public int Count { get; private set; }

    /// <summary>The row that is due first.</summary>
    public (long Due, int Row) First => _heap[0];

    /// <summary>Adds a row that is not there.</summary>
    public void Add(int row, long due)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        if (row >= _places.Length)
        {
            Array.Resize(ref _places, Math.Max(row + 1, _places.Length * 2));
        }

        Count++;
        Rise(Count - 1, (due, row));
    }

    /// <summary>Moves a row that is there to another time.</summary>
    public void Move(int row, long due)
    {
        int place = _places[row];
        if (due < _heap[place].Due)
        {
            Rise(place, (due, row));
        }
        else
        {
            Sink(place, (due, row));
        }
    }

    /// <summary>Removes a row that is there.</summary>
    public void Remove(int row)
    {
        int place = _places[row];
        Count--;
        (long Due, int Row) last = _heap[Count];
        if (last.Row == row)
        {
            return;
        }

        _places[last.Row] = place;
        _heap[place] = last with { Due = _heap[place].Due };
        Move(last.Row, last.Due);
    }

    private void Rise(int place, (long Due, int Row) entry)
    {
        while (place > 0 && _heap[(place - 1) / 2].Due > entry.Due)
        {
            Put(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Put(place, entry);
    }

    private void Sink(int place, (long Due, int Row) entry)
    {
        for (int child = (2 * place) + 1; child < Count; child = (2 * place) + 1)
        {
            if (child + 1 < Count && _heap[child + 1].Due < _heap[child].Due)
            {
                child++;
            }

            if (_heap[child].Due >= entry.Due)
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, (long Due, int Row) entry)
    {
        _heap[place] = entry;
        _places[entry.Row] = place;
    }
}
