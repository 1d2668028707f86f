using System.Security.Cryptography;

namespace StreamSense.Ml.Features.State;

/// <summary>Finds the candidate rows of a key: an open-addressing table that one thread writes and any thread reads.</summary>
/// <remarks>
/// A slot is one word (32 bits of hash, 32 bits of row + 1), so that it cannot be read torn; the key lies in the row and is compared
/// there. Growth fills a new table and publishes it; removal shifts entries back, and a reader that found nothing meanwhile can tell by the
/// version. Seeded per table, because keys may be chosen by clients.
/// </remarks>
internal sealed class RowIndex
{
    private const int FewestSlots = 64;

    private readonly ulong _seed;
    private readonly ulong _factor;
    private ulong[] _slots = new ulong[FewestSlots];
    private uint _version;
    private int _count;

    /// <summary>Creates an empty index.</summary>
    public RowIndex()
    {
        Span<byte> seeds = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(seeds);
        _seed = BitConverter.ToUInt64(seeds);
        _factor = BitConverter.ToUInt64(seeds[sizeof(ulong)..]) | 1;
    }

    /// <summary>The hash of a key.</summary>
    public uint HashOf(ulong key)
    {
        ulong high = Math.BigMul(key ^ _seed, _factor, out ulong low);
        return (uint)((high ^ low) >> 32) ^ (uint)(high ^ low);
    }

    /// <summary>Starts looking for the rows of a hash (any thread).</summary>
    public Walk Start(uint hash)
    {
        uint version = Volatile.Read(ref _version);
        return new Walk(Volatile.Read(ref _slots), hash, version);
    }

    /// <summary>Brings the first slot of a hash towards the cache (any thread).</summary>
    public void Prefetch(uint hash)
    {
        ulong[] slots = Volatile.Read(ref _slots);
        MemoryFetch.Prefetch(ref slots[(int)hash & (slots.Length - 1)]);
    }

    /// <summary>The first row whose hash matches, or -1 (any thread): most likely the one, to be verified.</summary>
    public int FirstGuess(uint hash)
    {
        var walk = new Walk(Volatile.Read(ref _slots), hash, 0);
        return walk.Next();
    }

    /// <summary>Whether a walk that found nothing can be believed (any thread).</summary>
    public bool IsConclusive(in Walk walk)
    {
        Volatile.ReadBarrier();
        return (walk.Version & 1) == 0 && Volatile.Read(ref _version) == walk.Version;
    }

    /// <summary>Adds a row that is not in the index (writer).</summary>
    public void Add(uint hash, int row)
    {
        if ((_count + 1) * 3L > _slots.Length * 2L)
        {
            Grow();
        }

        Insert(_slots, Pack(hash, row));
        _count++;
    }

    /// <summary>Removes a row that is in the index (writer).</summary>
    public void Remove(uint hash, int row)
    {
        ulong[] slots = _slots;
        int mask = slots.Length - 1;
        ulong wanted = Pack(hash, row);
        int hole = (int)hash & mask;
        for (int step = 0; slots[hole] != wanted; step++)
        {
            if (step > mask || slots[hole] == 0)
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

    /// <summary>Forgets every row (writer).</summary>
    public void Clear()
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.Write(ref _slots, new ulong[FewestSlots]);
        Volatile.Write(ref _version, _version + 1);
        _count = 0;
    }

    private static ulong Pack(uint hash, int row) => ((ulong)hash << 32) | (uint)(row + 1);

    private static void Insert(ulong[] slots, ulong entry)
    {
        int mask = slots.Length - 1;
        int slot = (int)(entry >> 32) & mask;
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
                Insert(larger, entry);
            }
        }

        Volatile.Write(ref _slots, larger);
    }

    /// <summary>One walk along the candidates of a hash.</summary>
    internal struct Walk(ulong[] slots, uint hash, uint version)
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
