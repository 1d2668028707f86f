using System.Numerics;

namespace StreamSense.Core.Buffering;

/// <summary>Finds the candidate rows of a key: an open-addressing table that one thread writes and any thread reads.</summary>
/// <remarks>
/// A slot is one word (32 bits of hash, 32 bits of row + 1), so that it cannot be read torn; the key itself lies in the row and is
/// compared there. Growth fills a new table and then publishes it. Removal shifts entries back instead of leaving marks, so that
/// coming and going for ever needs no rebuilding; a reader that found nothing while that happened can tell by the version.
/// The hash has a secret of the table's own, because keys may be chosen by clients.
/// </remarks>
internal sealed class SlabIndex
{
    /// <summary>The most rows an index can hold.</summary>
    public const int MostRows = 1 << 29;

    private const int FewestSlots = 16;

    private readonly SecretHash _hash = SecretHash.Create();
    private ulong[] _slots;
    private uint _version;
    private int _count;

    /// <summary>Creates an index that does not grow before it holds more than a number of rows.</summary>
    public SlabIndex(int rows) =>
        _slots = new ulong[Math.Max(FewestSlots, (int)BitOperations.RoundUpToPowerOf2((uint)(rows + (rows / 2) + 1)))];

    /// <summary>The hash of a key.</summary>
    public uint HashOf(ulong key) => _hash.Of(key);

    /// <summary>Starts looking for the rows of a hash (any thread).</summary>
    public Probe Start(uint hash)
    {
        uint version = Volatile.Read(ref _version);
        return new Probe(Volatile.Read(ref _slots), hash, version);
    }

    /// <summary>Brings the first slot of a hash towards the cache (writer side).</summary>
    public void Prefetch(uint hash) => CacheLines.Prefetch(ref _slots[(int)hash & (_slots.Length - 1)]);

    /// <summary>The first row of a hash, or -1 (writer side): so rarely that of another key that it is worth fetching ahead.</summary>
    public int FirstGuess(uint hash)
    {
        ulong[] slots = _slots;
        for (int slot = (int)hash; ; slot++)
        {
            ulong entry = slots[slot & (slots.Length - 1)];
            if (entry == 0 || (uint)(entry >> 32) == hash)
            {
                return (int)(uint)entry - 1;
            }
        }
    }

    /// <summary>Whether a probe that found nothing can be believed (any thread).</summary>
    public bool IsConclusive(in Probe probe)
    {
        Volatile.ReadBarrier();
        return (probe.Version & 1) == 0 && Volatile.Read(ref _version) == probe.Version;
    }

    /// <summary>Adds a row that is not in the index (writer side).</summary>
    public void Add(uint hash, int row)
    {
        if ((_count + 1) * 3L > _slots.Length * 2L)
        {
            Grow();
        }

        Insert(_slots, hash, Pack(hash, row));
        _count++;
    }

    /// <summary>Removes a row that is in the index (writer side).</summary>
    public void Remove(uint hash, int row)
    {
        ulong[] slots = _slots;
        int mask = slots.Length - 1;
        ulong wanted = Pack(hash, row);
        int hole = (int)hash & mask;
        while (slots[hole] != wanted)
        {
            if (slots[hole] == 0)
            {
                throw new InvalidOperationException("The row is not in the index.");
            }

            hole = (hole + 1) & mask;
        }

        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
        for (int next = (hole + 1) & mask; slots[next] != 0; next = (next + 1) & mask)
        {
            // An entry may move back into the hole unless that lies before its home.
            int home = (int)(slots[next] >> 32) & mask;
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                Volatile.Write(ref slots[hole], slots[next]);
                hole = next;
            }
        }

        Volatile.Write(ref slots[hole], 0);
        Volatile.Write(ref _version, _version + 1);
        _count--;
    }

    /// <summary>Forgets every row (writer side).</summary>
    public void Clear()
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.Write(ref _slots, new ulong[FewestSlots]);
        Volatile.Write(ref _version, _version + 1);
        _count = 0;
    }

    private static ulong Pack(uint hash, int row) => ((ulong)hash << 32) | (uint)(row + 1);

    private static void Insert(ulong[] slots, uint hash, ulong entry)
    {
        int mask = slots.Length - 1;
        int slot = (int)hash & mask;
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        Volatile.Write(ref slots[slot], entry);
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (ulong entry in _slots)
        {
            if (entry != 0)
            {
                Insert(larger, (uint)(entry >> 32), entry);
            }
        }

        Volatile.Write(ref _slots, larger);
    }

    /// <summary>One walk along the candidates of a hash.</summary>
    internal struct Probe(ulong[] slots, uint hash, uint version)
    {
        private int _step;

        /// <summary>The version of the index when the walk began.</summary>
        public readonly uint Version => version;

        /// <summary>The next row whose hash matches, or -1.</summary>
        public int Next()
        {
            int mask = slots.Length - 1;

            // A table that changes meanwhile might show no gap: one lap is enough in any case.
            while (_step <= mask)
            {
                ulong entry = Volatile.Read(ref slots[((int)hash + _step) & mask]);
                if (entry == 0)
                {
                    return -1;
                }

                _step++;
                if ((uint)(entry >> 32) == hash)
                {
                    return (int)(uint)entry - 1;
                }
            }

            return -1;
        }
    }
}
