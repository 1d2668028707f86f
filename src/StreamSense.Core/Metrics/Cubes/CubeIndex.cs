namespace StreamSense.Core.Metrics.Cubes;

/// <summary>From a key to its row in a segment: open addressing with linear probing, at most two thirds full. The writer's alone.</summary>
/// <remarks>
/// A table of its own for each segment, since a window goes as a whole: nothing is removed one by one, and the tables of the
/// windows in use stay in the cache.
/// </remarks>
internal sealed class CubeIndex
{
    private const int FewestSlots = 8;

    private ulong[] _slots = new ulong[FewestSlots];
    private int _count;

    /// <summary>The row of a key, or <see cref="CubeSegment.None"/>.</summary>
    public int Find(CubeSegment segment, in CubeKey key, uint hash)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int row = (int)(uint)_slots[slot] - 1;
            if ((uint)(_slots[slot] >> 32) == hash && segment[row].Key == key)
            {
                return row;
            }
        }

        return CubeSegment.None;
    }

    /// <summary>Adds a row whose key is not there.</summary>
    public void Add(int row, uint hash)
    {
        if ((_count + 1) * 3 > _slots.Length * 2)
        {
            ulong[] before = _slots;
            _slots = new ulong[before.Length * 2];
            foreach (ulong entry in before)
            {
                if (entry != 0)
                {
                    Insert(entry);
                }
            }
        }

        Insert(((ulong)hash << 32) | (uint)(row + 1));
        _count++;
    }

    /// <summary>Forgets every row; the room stays.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    private void Insert(ulong entry)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(entry >> 32) & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = entry;
    }
}
