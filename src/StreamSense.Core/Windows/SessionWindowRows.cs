namespace StreamSense.Core.Windows;

/// <summary>The rows of session windows, and those of each key as a list; a row that is freed is used again.</summary>
internal sealed class SessionWindowRows<TKey, TState, TResult>(int maxRows, IEqualityComparer<TKey>? comparer)
    where TKey : notnull
{
    public const int None = -1;

    private readonly Dictionary<TKey, int> _firstOfKey = new(comparer);
    private SessionWindowRow<TKey, TState, TResult>[] _rows = new SessionWindowRow<TKey, TState, TResult>[Math.Min(16, maxRows)];
    private int _used;
    private int _free = None;

    /// <summary>How many windows there are.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == maxRows;

    public ref SessionWindowRow<TKey, TState, TResult> this[int row] => ref _rows[row];

    /// <summary>The first window of a key, or <see cref="None"/>; <c>Next</c> leads on.</summary>
    public int FirstOf(TKey key) => _firstOfKey.TryGetValue(key, out int row) ? row : None;

    /// <summary>Adds a window to its key; its state is what the row held before.</summary>
    public int Add(TKey key)
    {
        int row = TakeRow();
        ref SessionWindowRow<TKey, TState, TResult> window = ref _rows[row];
        TState state = window.State;
        window = default;
        window.State = state;
        window.Key = key;
        window.Next = FirstOf(key);
        _firstOfKey[key] = row;
        Count++;
        return row;
    }

    /// <summary>Removes a window from its key.</summary>
    public void Remove(int row)
    {
        TKey key = _rows[row].Key;
        int next = _rows[row].Next;
        int before = FirstOf(key);
        if (before != row)
        {
            while (_rows[before].Next != row)
            {
                before = _rows[before].Next;
            }

            _rows[before].Next = next;
        }
        else if (next == None)
        {
            _firstOfKey.Remove(key);
        }
        else
        {
            _firstOfKey[key] = next;
        }

        _rows[row].Key = default!;
        _rows[row].Told = default;
        _rows[row].Next = _free;
        _free = row;
        Count--;
    }

    private int TakeRow()
    {
        if (_free != None)
        {
            int free = _free;
            _free = _rows[free].Next;
            return free;
        }

        if (_used == _rows.Length)
        {
            Array.Resize(ref _rows, (int)Math.Min(maxRows, _rows.Length * 2L));
        }

        return _used++;
    }
}
