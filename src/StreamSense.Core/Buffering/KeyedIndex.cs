using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace StreamSense.Core.Buffering;

/// <summary>Finds the row of a key for one thread: buckets of four keys, one cache line each, at most half full.</summary>
/// <remarks>
/// The home of a key is the highest bits of two products with a factor that is random per index, because keys may be chosen by clients;
/// each is of what was folded before. One product alone (multiply-shift) keeps keys in equal steps in equal steps, and every twentieth
/// factor crowds these into few buckets. A full bucket passes keys on to the next. With four keys compared at once, a key that is there is
/// nearly always found in its home, without a branch that a processor could guess wrongly.
/// Clearing begins a new generation: a bucket of an older one counts as empty.
/// </remarks>
internal sealed class KeyedIndex
{
    private const int FewestBuckets = 4;
    private const int Fold = 32;

    // Blocks below this size are not worth a place on the pinned heap; their buckets may straddle cache lines.
    private const int AlignFromBuckets = 1024;

    private readonly ulong _factor;
    private KeyedBucket[] _memory = [];
    private nint _firstBucket;
    private int _bucketCount;
    private int _shift;
    private uint _generation = 1;

    /// <summary>Creates an index that does not grow before it holds more than a number of rows.</summary>
    public KeyedIndex(int rows)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        _factor = BitConverter.ToUInt64(seed) | 1;
        TakeMemory(Math.Max(FewestBuckets, (int)(BitOperations.RoundUpToPowerOf2((uint)rows * 2) / KeyedBucket.Keys)));
    }

    /// <summary>How many keys it holds before it must grow.</summary>
    public int Room => _bucketCount * (KeyedBucket.Keys / 2);

    /// <summary>How much memory it takes, in bytes.</summary>
    public long MemoryBytes => (long)_memory.Length * KeyedBucket.Bytes;

    /// <summary>Where the search for a key begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint HomeOf(ulong key)
    {
        ulong product = (key ^ (key >> Fold)) * _factor;
        return (nuint)(((product ^ (product >> Fold)) * _factor) >> _shift);
    }

    /// <summary>Where the search for each of some keys begins.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="homes">As many places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FindHomes(ReadOnlySpan<ulong> keys, Span<ulong> homes)
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; done + Vector512<ulong>.Count <= keys.Length; done += Vector512<ulong>.Count)
            {
                Vector512<ulong> key = Vector512.Create(keys[done..]);
                Vector512<ulong> product = (key ^ (key >>> Fold)) * _factor;
                (((product ^ (product >>> Fold)) * _factor) >>> _shift).CopyTo(homes[done..]);
            }
        }

        for (; done < keys.Length; done++)
        {
            homes[done] = HomeOf(keys[done]);
        }
    }

    /// <summary>Asks the processor for a bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(nuint home)
    {
        if (Sse.IsSupported)
        {
            // A hint: an address that meanwhile belongs to something else does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref Bucket(home)));
        }
    }

    /// <summary>The row of a key that lies in its home.</summary>
    /// <returns>The row's number, or -1 if the key lies elsewhere or is not there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindAtHome(ulong key, nuint home)
    {
        ref KeyedBucket bucket = ref Bucket(home);
        uint matches = KeyedBucket.Matches(ref bucket, key);
        return matches != 0 && bucket.Generation == _generation ? KeyedBucket.RowOf(ref bucket, matches) : -1;
    }

    /// <summary>The rows of keys that lie in their homes, up to the first that does not.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="homes">Where their search begins.</param>
    /// <param name="rows">As many places.</param>
    /// <param name="from">The first key to find.</param>
    /// <returns>The key that was not found in its home; the number of keys if there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int FindAtHomes(ReadOnlySpan<ulong> keys, ReadOnlySpan<ulong> homes, Span<int> rows, int from)
    {
        ref KeyedBucket first = ref Bucket(0);
        uint generation = _generation;
        homes = homes[..keys.Length];
        rows = rows[..keys.Length];
        for (int i = from; i < keys.Length; i++)
        {
            ref KeyedBucket bucket = ref Unsafe.Add(ref first, (nuint)homes[i]);
            uint matches = KeyedBucket.Matches(ref bucket, keys[i]);
            if (matches == 0 || bucket.Generation != generation)
            {
                return i;
            }

            rows[i] = KeyedBucket.RowOf(ref bucket, matches);
        }

        return keys.Length;
    }

    /// <summary>The row of a key.</summary>
    /// <returns>The row's number, or -1 if the key is not there.</returns>
    public int Find(ulong key)
    {
        nuint home = HomeOf(key);
        while (true)
        {
            ref KeyedBucket bucket = ref Bucket(home);
            int row = FindAtHome(key, home);
            if (row >= 0 || bucket.Generation != _generation || bucket.Used < KeyedBucket.Keys)
            {
                return row;
            }

            home = (home + 1) & ((nuint)_bucketCount - 1);
        }
    }

    /// <summary>Adds a key that is not there; there must be room.</summary>
    public void Add(ulong key, int row)
    {
        nuint home = HomeOf(key);
        while (true)
        {
            ref KeyedBucket bucket = ref Bucket(home);
            if (bucket.Generation != _generation)
            {
                bucket.Generation = _generation;
                bucket.Used = 0;
            }

            if (bucket.Used < KeyedBucket.Keys)
            {
                bucket.Add(key, row);
                return;
            }

            home = (home + 1) & ((nuint)_bucketCount - 1);
        }
    }

    /// <summary>Doubles the room.</summary>
    /// <param name="keys">The keys that it holds, by row.</param>
    public void Grow(ReadOnlySpan<ulong> keys)
    {
        TakeMemory(_bucketCount * 2);
        for (int row = 0; row < keys.Length; row++)
        {
            Add(keys[row], row);
        }
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        if (++_generation == 0)
        {
            Array.Clear(_memory);
            _generation = 1;
        }
    }

    // A reference into the array, not a pointer: it keeps the block alive while it is in use.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref KeyedBucket Bucket(nuint number)
    {
        ref KeyedBucket first = ref MemoryMarshal.GetArrayDataReference(_memory);
        return ref Unsafe.Add(ref Unsafe.AddByteOffset(ref first, _firstBucket), number);
    }

    private unsafe void TakeMemory(int buckets)
    {
        bool isAligned = buckets >= AlignFromBuckets;
        _memory = isAligned ? GC.AllocateArray<KeyedBucket>(buckets + 1, pinned: true) : new KeyedBucket[buckets];
        _firstBucket = isAligned
            ? (nint)(-(long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory)) & (KeyedBucket.Bytes - 1))
            : 0;
        _bucketCount = buckets;
        _shift = 64 - BitOperations.Log2((uint)buckets);
    }
}
