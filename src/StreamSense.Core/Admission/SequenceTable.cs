using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>What is known of each (source, view) sequence; bounded, the one unused longest is forgotten first.</summary>
/// <remarks>Keys are made of hashes under the host's key, so that clients cannot choose them. One thread at a time.</remarks>
internal sealed class SequenceTable(int capacity)
{
    /// <summary>The number that stands for "no row".</summary>
    public const int None = -1;

    private readonly Dictionary<ulong, int> _rowOf = [];
    private readonly RecencyList _recency = new();
    private Row[] _rows = [];
    private int _used;

    /// <summary>The row's contents.</summary>
    public ref Row this[int row] => ref _rows[row];

    /// <summary>The row that must be given up before a new sequence can be followed, or <see cref="None"/>.</summary>
    public int RowToForget => _used == capacity ? _recency.Oldest : None;

    /// <summary>The key of an event's sequence.</summary>
    public static ulong KeyOf(ViewId view, Symbol source) => view.Value ^ (source.Value * 0x9e3779b97f4a7c15UL);

    /// <summary>Finds the row of a key and marks it as used, or gives <see cref="None"/>.</summary>
    public int Find(ulong key)
    {
        if (!_rowOf.TryGetValue(key, out int row))
        {
            return None;
        }

        _recency.Touch(row);
        return row;
    }

    /// <summary>Makes a row for a new key, in the place of <see cref="RowToForget"/> if there is one.</summary>
    public int Add(ulong key)
    {
        int row = RowToForget;
        if (row != None)
        {
            _recency.Remove(row);
            _rowOf.Remove(_rows[row].Key);
        }
        else
        {
            row = _used++;
            if (row == _rows.Length)
            {
                Array.Resize(ref _rows, Math.Min(capacity, Math.Max(256, row * 2)));
            }
        }

        _rows[row] = new Row { Key = key, FirstHeld = HeldEvents.None, FirstUnsettled = HeldEvents.None };
        _rowOf.Add(key, row);
        _recency.Add(row);
        return row;
    }

    /// <summary>One sequence.</summary>
    internal struct Row
    {
        public ulong Key;

        // The next number that applies at once; meaningless until Started.
        public ulong Next;

        // Held events of this sequence, ascending by number.
        public int FirstHeld;
        public int HeldCount;
        public bool Started;

        // Events that wait until the clock is settled, in the order of arrival.
        public ViewClock Clock;
        public int FirstUnsettled;
        public int LastUnsettled;

        // Lowest and highest number seen, and how many different events: what is missing between them was lost on the way.
        public uint Lowest;
        public uint Highest;
        public uint Seen;

        /// <summary>How many numbers between the lowest and the highest have not been seen.</summary>
        public readonly long Missing => Seen == 0 ? 0 : Math.Max(0, (long)Highest - Lowest + 1 - Seen);
    }
}
