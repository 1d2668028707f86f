using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Sketches;

/// <summary>How often each 64-bit key came, never too low, and rarely too high by more than a stated share of all.</summary>
/// <remarks>
/// <para>Cormode and Muthukrishnan: An improved data stream summary: the count-min sketch and its applications (2005). Rows of counters,
/// one of each row for a key; its estimate is the least of them.</para>
/// <para>Error: an estimate is never below the truth, and above it by more than <see cref="ErrorBound"/>, which is e / width of
/// <see cref="TotalWeight"/>, with a probability of at most e^-depth: 1.8 % for four rows. The indexes of the rows are
/// separate bits of one seeded hash. Counters are 64 bits wide; merging adds them: it is exact, associative and commutative.</para>
/// <para>There is no conservative update, which would be more precise, because such sketches cannot be merged. Memory: four bytes times
/// depth times width, and twice that once all weight passes 2^32.</para>
/// </remarks>
public sealed class CountMinSketch : ISketch<CountMinSketch>
{
    private const byte Version = 1;
    private const int DefaultDepth = 4;
    private const int DefaultWidth = 1 << DefaultBits;
    private const int DefaultBits = 11;
    private const int ChunkKeys = 64;
    private const int MostDepth = 8;
    private const int LeastWidth = 16;
    private const int MostWidth = 1 << 20;

    // No counter is greater than the total: as long as that fits into 32 bits, so do they, and the default size into a core's first cache.
    private uint[] _narrow;
    private long[]? _wide;

    // The total from which on the fast way is barred; never taken where it is 0.
    private ulong _slowFrom;
    private readonly ulong _preparedSeed;
    private readonly int _widthBits;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="depth">How many rows, from 1 to 8: each divides the probability of a greater error by e.</param>
    /// <param name="width">How many counters a row has: a power of two from 16 to 2^20. Depth times its binary logarithm is at most
    /// 64.</param>
    /// <param name="seed">Chooses the hash; only sketches of the same seed can be merged.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depth or the width is not in its range.</exception>
    public CountMinSketch(int depth = DefaultDepth, int width = DefaultWidth, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MostDepth);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostWidth);
        _widthBits = BitOperations.Log2((uint)width);
        if (!BitOperations.IsPow2(width) || depth * _widthBits > 64)
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "The width is no power of two, or too great for the depth.");
        }

        Depth = depth;
        Width = width;
        Seed = seed;
        _preparedSeed = SeededHash.Prepare(seed);
        _narrow = new uint[depth * width];
        _slowFrom = depth == DefaultDepth && width == DefaultWidth ? 1UL << 32 : 0;
    }

    /// <summary>How many rows there are.</summary>
    /// <value>4 unless it was chosen.</value>
    public int Depth { get; }

    /// <summary>How many counters a row has.</summary>
    /// <value>2,048 unless it was chosen.</value>
    public int Width { get; }

    /// <summary>What chooses the hash.</summary>
    /// <value>0 unless it was chosen.</value>
    public ulong Seed { get; }

    /// <summary>The weight of all keys together, exactly.</summary>
    public long TotalWeight { get; private set; }

    /// <summary>What an estimate is rarely more than above the truth: e / width of all weight, rounded up.</summary>
    public long ErrorBound => (long)Math.Ceiling(Math.E / Width * TotalWeight);

    /// <summary>With what probability an estimate is not above the truth by more than <see cref="ErrorBound"/>.</summary>
    public double Confidence => 1 - Math.Exp(-Depth);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one sketch and no more.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of such a sketch.</exception>
    public static CountMinSketch Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.CountMin, Version);
        int depth = reader.Byte();
        int widthBits = reader.Byte();
        SketchReader.Require(depth is >= 1 and <= MostDepth && widthBits is >= 4 and <= 20 && depth * widthBits <= 64);
        ulong seed = reader.UInt64();
        long total = reader.Amount();

        // Every counter takes at least a byte: no more room is taken than four times the input, or eight.
        SketchReader.Require(reader.Left >= depth << widthBits);
        var sketch = new CountMinSketch(depth, 1 << widthBits, seed) { TotalWeight = total };
        sketch.WidenFor(total);
        for (int row = 0; row < depth; row++)
        {
            long left = total;
            for (int i = 0; i < sketch.Width; i++)
            {
                ulong value = reader.Varint();
                SketchReader.Require(value <= (ulong)left);
                sketch.RaiseAt((row << widthBits) + i, (long)value);
                left -= (long)value;
            }

            // Each key is counted once in every row.
            SketchReader.Require(left == 0);
        }

        reader.End();
        return sketch;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key; it is hashed here and need not be spread.</param>
    /// <param name="weight">Its weight; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative.</exception>
    /// <exception cref="OverflowException">All weight would pass <see cref="long.MaxValue"/>; nothing was added.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key, long weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ulong hash = SeededHash.Of(key, _preparedSeed);
        ulong total = (ulong)TotalWeight + (ulong)weight;
        if (total >= _slowFrom)
        {
            AddToRows(hash, weight);
            return;
        }

        TotalWeight = (long)total;
        RaiseFast(ref MemoryMarshal.GetArrayDataReference(_narrow), hash, (uint)weight);
    }

    /// <summary>Adds keys, each with a weight of 1; faster than one by one.</summary>
    /// <param name="keys">The keys.</param>
    /// <exception cref="OverflowException">All weight would pass <see cref="long.MaxValue"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<ulong> keys)
    {
        if ((ulong)TotalWeight + (ulong)keys.Length >= _slowFrom)
        {
            foreach (ulong key in keys)
            {
                Add(key);
            }

            return;
        }

        ref uint first = ref MemoryMarshal.GetArrayDataReference(_narrow);
        ulong preparedSeed = _preparedSeed;
        int done = 0;
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            // By way of memory: single elements leave a vector more slowly than they are read again.
            Span<ulong> hashes = stackalloc ulong[ChunkKeys];
            for (; done + ChunkKeys <= keys.Length; done += ChunkKeys)
            {
                SeededHash.Of(keys.Slice(done, ChunkKeys), hashes, preparedSeed);
                foreach (ulong hash in hashes)
                {
                    RaiseFast(ref first, hash, 1);
                }
            }
        }

        for (; done < keys.Length; done++)
        {
            RaiseFast(ref first, SeededHash.Of(keys[done], preparedSeed), 1);
        }

        TotalWeight += keys.Length;
    }

    /// <summary>What a key's weight is at most, and near it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The estimate, never below the truth.</returns>
    public long Estimate(ulong key)
    {
        ulong hash = SeededHash.Of(key, _preparedSeed);
        long least = long.MaxValue;
        for (int row = 0; row < Depth; row++)
        {
            least = Math.Min(least, CountAt((row * Width) + ((int)hash & (Width - 1))));
            hash >>= _widthBits;
        }

        return least;
    }

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <param name="other">The other sketch; unchanged.</param>
    /// <exception cref="ArgumentException">Its depth, width or seed is another.</exception>
    /// <exception cref="OverflowException">All weight would pass <see cref="long.MaxValue"/>; nothing was added.</exception>
    public void Merge(CountMinSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Depth != Depth || other.Width != Width || other.Seed != Seed)
        {
            throw new ArgumentException("Sketches of different depth, width or seed cannot be merged.", nameof(other));
        }

        long total = checked(TotalWeight + other.TotalWeight);
        WidenFor(total);
        if (_wide is null && other._wide is null)
        {
            MergeNarrow(_narrow, other._narrow);
        }
        else
        {
            for (int i = 0; i < Depth * Width; i++)
            {
                RaiseAt(i, other.CountAt(i));
            }
        }

        TotalWeight = total;
    }

    /// <summary>Forgets everything; the room stays.</summary>
    public void Clear()
    {
        Array.Clear(_narrow);
        _wide?.AsSpan().Clear();
        TotalWeight = 0;
    }

    /// <summary>Writes the sketch as bytes: the same ones for the same weights, whatever their order.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.CountMin, Version);
        writer.Byte((byte)Depth);
        writer.Byte((byte)_widthBits);
        writer.UInt64(Seed);
        writer.Int64(TotalWeight);
        for (int i = 0; i < Depth * Width; i++)
        {
            writer.Varint((ulong)CountAt(i));
        }
    }

    // The length is a power of two times the depth, at least sixteen.
    private static void MergeNarrow(Span<uint> own, ReadOnlySpan<uint> added)
    {
        for (int i = 0; i + Vector<uint>.Count <= own.Length; i += Vector<uint>.Count)
        {
            (new Vector<uint>(own[i..]) + new Vector<uint>(added[i..])).CopyTo(own[i..]);
        }
    }

    // Indexes are below the width by their mask, and four rows of it are what the array holds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RaiseFast(ref uint row, ulong hash, uint weight)
    {
        const ulong Mask = DefaultWidth - 1;
        Unsafe.Add(ref row, (nuint)(hash & Mask)) += weight;
        Unsafe.Add(ref row, (nuint)((hash >> DefaultBits) & Mask) + DefaultWidth) += weight;
        Unsafe.Add(ref row, (nuint)((hash >> (2 * DefaultBits)) & Mask) + (2 * DefaultWidth)) += weight;
        Unsafe.Add(ref row, (nuint)((hash >> (3 * DefaultBits)) & Mask) + (3 * DefaultWidth)) += weight;
    }

    private long CountAt(int place) => _wide is null ? _narrow[place] : _wide[place];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddToRows(ulong hash, long weight)
    {
        long total = checked(TotalWeight + weight);
        WidenFor(total);
        TotalWeight = total;
        for (int row = 0; row < Depth; row++)
        {
            RaiseAt((row * Width) + ((int)hash & (Width - 1)), weight);
            hash >>= _widthBits;
        }
    }

    private void RaiseAt(int place, long weight)
    {
        if (_wide is null)
        {
            _narrow[place] += (uint)weight;
        }
        else
        {
            _wide[place] += weight;
        }
    }

    private void WidenFor(long total)
    {
        if (_wide is not null || total <= uint.MaxValue)
        {
            return;
        }

        _wide = new long[_narrow.Length];
        for (int i = 0; i < _wide.Length; i++)
        {
            _wide[i] = _narrow[i];
        }

        _narrow = [];
        _slowFrom = 0;
    }
}
