using StreamSense.Core.Buffering;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The sessions that are remembered: a bounded table, which forgets the one not heard of for longest.</summary>
/// <remarks>Not synchronised. A slot's index stays the same as long as its session is remembered.</remarks>
internal sealed class CmcdSessionTable(int capacity)
{
    private const int None = -1;

    // Keys are hashes under the host's secret: a sender cannot make them collide.
    private readonly Dictionary<ulong, int> _index = [];
    private readonly RecencyList _recency = new();
    private Slot[] _slots = new Slot[Math.Min(capacity, 64)];
    private int _count;

    public int Count => _count;

    /// <summary>How many sessions were forgotten to make room.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The slot that the next new session takes from another, or -1 while there is room.</summary>
    public int Oldest => _count < capacity ? None : _recency.Oldest;

    public ref Slot this[int index] => ref _slots[index];

    public bool TryFind(ulong key, out int index)
    {
        if (!_index.TryGetValue(key, out index))
        {
            return false;
        }

        _recency.Touch(index);
        return true;
    }

    /// <summary>Adds a session; the caller has emptied the slot of the oldest one if there is no room.</summary>
    public int Add(ulong key)
    {
        int index = Oldest;
        if (index == None)
        {
            if (_count == _slots.Length)
            {
                Array.Resize(ref _slots, Math.Min(capacity, _slots.Length * 2));
            }

            index = _count++;
        }
        else
        {
            _recency.Remove(index);
            _index.Remove(_slots[index].Key);
            Forgotten++;
        }

        _slots[index] = new Slot { Key = key, FirstHeld = None };
        _index.Add(key, index);
        _recency.Add(index);
        return index;
    }

    internal struct Slot
    {
        public ulong Key;

        /// <summary>The held record with the lowest number, or -1.</summary>
        public int FirstHeld;

        public int HeldCount;
        public bool IsKnown;
        public CmcdSession Session;
    }
}
