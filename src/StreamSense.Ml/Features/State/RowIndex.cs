using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using StreamSense.Core.Buffering;

namespace StreamSense.Ml.Features.State;

/// <summary>Finds the candidate rows of a key: an open-addressing table that one thread writes and any thread reads.</summary>
/// <remarks>
/// A slot is one word (32 bits of hash, 32 bits of row + 1), so that it cannot be read torn; the key lies in the row and is compared
/// there. A hash names a cache line of eight slots and not one of them, so that the line is compared as a whole, and what is found does
/// not depend on a branch that nobody can foresee. Growth fills a new table and publishes it; removal shifts entries back, and a
/// reader that found nothing meanwhile can tell by the version. The hash has a secret of the table's own.
/// </remarks>
internal sealed class RowIndex
{
    private const int FewestSlots = 64;
    private const int LineSlots = 8;
    private const int HashBits = 32;

    private readonly SecretHash _hash = SecretHash.Create();
    private LineArray<ulong> _slots = new(FewestSlots);
    private uint _version;
    private int _count;

    /// <summary>The hash of a key.</summary>
    public uint HashOf(ulong key) => _hash.Of(key);

    /// <summary>Starts looking for the rows of a hash (any thread).</summary>
    public Walk Start(uint hash)
    {
        uint version = Volatile.Read(ref _version);
        return new Walk(Volatile.Read(ref _slots), hash, version);
    }

    /// <summary>The lines as they are now (any thread).</summary>
    public Lines Open() => new(Volatile.Read(ref _slots));

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

        Insert(_slots.Numbers, Pack(hash, row));
        _count++;
    }

    /// <summary>Removes a row that is in the index (writer).</summary>
    public void Remove(uint hash, int row)
    {
        Span<ulong> slots = _slots.Numbers;
        int mask = slots.Length - 1;
        ulong wanted = Pack(hash, row);
        int hole = HomeOf(hash, mask);
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
            int home = HomeOf((uint)(slots[next] >> HashBits), mask);
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
        Volatile.Write(ref _slots, new LineArray<ulong>(FewestSlots));
        Volatile.Write(ref _version, _version + 1);
        _count = 0;
    }

    private static ulong Pack(uint hash, int row) => ((ulong)hash << HashBits) | (uint)(row + 1);

    // The first slot of the line of a hash.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HomeOf(uint hash, int mask) => (int)hash & mask & -LineSlots;

    private static void Insert(Span<ulong> slots, ulong entry)
    {
        int mask = slots.Length - 1;
        int slot = HomeOf((uint)(entry >> HashBits), mask);
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        Volatile.Write(ref slots[slot], entry);
    }

    private void Grow()
    {
        var larger = new LineArray<ulong>(_slots.Length * 2);
        foreach (ulong entry in _slots.Numbers)
        {
            if (entry != 0)
            {
                Insert(larger.Numbers, entry);
            }
        }

        Volatile.Write(ref _slots, larger);
    }

    /// <summary>The lines of the index, for looking at many.</summary>
    /// <param name="slots">The slots.</param>
    internal readonly ref struct Lines(LineArray<ulong> slots)
    {
        private readonly ref ulong _first = ref slots.First;
        private readonly int _mask = slots.Length - 1;

        /// <summary>Brings the line of a hash towards the cache.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Prefetch(uint hash) => CacheLines.Prefetch(ref Unsafe.Add(ref _first, HomeOf(hash, _mask)));

        /// <summary>A row whose hash matches, or -1: most likely the one, to be verified.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Guess(uint hash)
        {
            int line = HomeOf(hash, _mask);
            ulong found = Matches(line, hash);
            for (int lines = LineSlots; found == 0 && lines <= _mask && IsFull(line); lines += LineSlots)
            {
                line = (line + LineSlots) & _mask;
                found = Matches(line, hash);
            }

            return found == 0
                ? -1 : (int)(uint)Volatile.Read(ref Unsafe.Add(ref _first, line + BitOperations.TrailingZeroCount(found))) - 1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ulong Matches(int line, uint hash)
        {
            Vector512<ulong> entries = Vector512.LoadUnsafe(ref _first, (nuint)line);
            return Vector512.Equals(entries >>> HashBits, Vector512.Create((ulong)hash)).ExtractMostSignificantBits();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool IsFull(int line) => !Vector512.EqualsAny(Vector512.LoadUnsafe(ref _first, (nuint)line), Vector512<ulong>.Zero);
    }

    /// <summary>One walk along the candidates of a hash.</summary>
    internal struct Walk(LineArray<ulong> slots, uint hash, uint version)
    {
        private int _step;

        /// <summary>The version of the index when the walk began.</summary>
        public readonly uint Version => version;

        /// <summary>The next row whose hash matches, or -1.</summary>
        public int Next()
        {
            int mask = slots.Length - 1;
            int home = HomeOf(hash, mask);

            // A table that changes meanwhile might show no gap: one lap is enough in any case.
            while (_step <= mask)
            {
                ulong entry = Volatile.Read(ref Unsafe.Add(ref slots.First, (home + _step) & mask));
                if (entry == 0)
                {
                    return -1;
                }

                _step++;
                if ((uint)(entry >> HashBits) == hash)
                {
                    return (int)(uint)entry - 1;
                }
            }

            return -1;
        }
    }
}
