using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Sketches;

/// <summary>How many values fell into each bucket: single buckets while they are few, a range of all buckets once that pays.</summary>
internal struct BucketCounts
{
    private const int LeastPlaces = 4;
    private const int ChunkValues = 256;

    // From that many used buckets on a search costs more than a range; and a range is worth up to that many places a used bucket.
    private const int RangeFromUsed = 64;
    private const int MostPlacesPerUsed = 16;

    private ushort[] _buckets;
    private long[] _counts;
    private long[] _range;
    private int _used;
    private int _rangeFirst;

    /// <summary>Creates an empty set.</summary>
    public BucketCounts()
    {
        _buckets = [];
        _counts = [];
        _range = [];
    }

    /// <summary>How many values there are.</summary>
    public readonly long Total
    {
        get
        {
            long total = 0;
            foreach (long count in Counts)
            {
                total += count;
            }

            return total;
        }
    }

    /// <summary>Whether the buckets are a range.</summary>
    public readonly bool IsRange => _range.Length > 0;

    /// <summary>How much memory it takes, in bytes.</summary>
    public readonly int MemoryBytes => ((_counts.Length + _range.Length) * sizeof(long)) + (_buckets.Length * sizeof(ushort));

    /// <summary>How many places there are, used or not; their buckets ascend.</summary>
    public readonly int Places => Counts.Length;

    /// <summary>The count of each place.</summary>
    public readonly ReadOnlySpan<long> Counts => IsRange ? _range : _counts.AsSpan(0, _used);

    /// <summary>The bucket of a place.</summary>
    public readonly int BucketAt(int place) => IsRange ? _rangeFirst + place : _buckets[place];

    /// <summary>How many values a bucket has.</summary>
    public readonly long CountOf(int bucket)
    {
        int place = IsRange ? bucket - _rangeFirst : _buckets.AsSpan(0, _used).BinarySearch((ushort)bucket);
        ReadOnlySpan<long> counts = Counts;
        return (uint)place < (uint)counts.Length ? counts[place] : 0;
    }

    /// <summary>Adds one value to a bucket that surely lies in the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Raise(int bucket) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_range), (nint)(uint)(bucket - _rangeFirst))++;

    /// <summary>Adds values to a bucket, or takes some away where the count stays above or at 0.</summary>
    /// <returns>How many values the bucket has then.</returns>
    public long Add(int bucket, long count)
    {
        if (IsRange)
        {
            CoverRange(bucket, bucket);
            return _range[bucket - _rangeFirst] += count;
        }

        int place = _buckets.AsSpan(0, _used).BinarySearch((ushort)bucket);
        if (place >= 0)
        {
            long left = _counts[place] += count;
            if (left == 0)
            {
                _used--;
                _buckets.AsSpan(place + 1, _used - place).CopyTo(_buckets.AsSpan(place));
                _counts.AsSpan(place + 1, _used - place).CopyTo(_counts.AsSpan(place));
            }

            return left;
        }

        Insert(~place, bucket, count);
        return count;
    }

    /// <summary>Adds values that are not negative, once the buckets are a range.</summary>
    /// <param name="values">The values.</param>
    /// <param name="least">The least of them.</param>
    /// <param name="greatest">The greatest of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddToRange(ReadOnlySpan<long> values, long least, long greatest)
    {
        CoverRange(LogarithmicBuckets.Of(least), LogarithmicBuckets.Of(greatest));
        ref long first = ref MemoryMarshal.GetArrayDataReference(_range);
        int rangeFirst = _rangeFirst;
        int done = 0;
        if (Vector512.IsHardwareAccelerated && Avx512CD.IsSupported)
        {
            Span<ulong> places = stackalloc ulong[ChunkValues];
            while (values.Length - done >= Vector512<ulong>.Count)
            {
                int length = Math.Min(ChunkValues, (values.Length - done) & -Vector512<ulong>.Count);
                FindPlaces(values.Slice(done, length), places, (ulong)rangeFirst);
                ref ulong place = ref MemoryMarshal.GetReference(places);
                for (nuint i = 0; i < (nuint)length; i += 8)
                {
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 1))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 2))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 3))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 4))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 5))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 6))++;
                    Unsafe.Add(ref first, (nuint)Unsafe.Add(ref place, i + 7))++;
                }

                done += length;
            }
        }

        for (; done < values.Length; done++)
        {
            Unsafe.Add(ref first, LogarithmicBuckets.Of(values[done]) - rangeFirst)++;
        }
    }

    /// <summary>Adds the counts of another set.</summary>
    public void Add(in BucketCounts other)
    {
        if (!other.IsRange)
        {
            for (int i = 0; i < other._used; i++)
            {
                Add(other._buckets[i], other._counts[i]);
            }

            return;
        }

        int from = other._range.AsSpan().IndexOfAnyExcept(0L);
        if (from < 0)
        {
            return;
        }

        int to = other._range.AsSpan().LastIndexOfAnyExcept(0L);
        GoToRange(other._rangeFirst + from, other._rangeFirst + to);
        ReadOnlySpan<long> added = other._range.AsSpan(from, to - from + 1);
        Span<long> own = _range.AsSpan(other._rangeFirst + from - _rangeFirst, added.Length);
        int done = 0;
        for (; Vector.IsHardwareAccelerated && done + Vector<long>.Count <= own.Length; done += Vector<long>.Count)
        {
            (new Vector<long>(own[done..]) + new Vector<long>(added[done..])).CopyTo(own[done..]);
        }

        for (; done < own.Length; done++)
        {
            own[done] += added[done];
        }
    }

    /// <summary>Forgets all values and keeps the room.</summary>
    public void Clear()
    {
        _used = 0;
        _range.AsSpan().Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindPlaces(ReadOnlySpan<long> values, Span<ulong> places, ulong rangeFirst)
    {
        Vector512<ulong> firsts = Vector512.Create(rangeFirst);
        ref ulong value = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(values));
        ref ulong place = ref MemoryMarshal.GetReference(places);
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector512<ulong>.Count)
        {
            (LogarithmicBuckets.Of(Vector512.LoadUnsafe(ref value, i)) - firsts).StoreUnsafe(ref place, i);
        }
    }

    private static int Rounded(int bucket) => bucket & -LogarithmicBuckets.PerOctave;

    private void Insert(int place, int bucket, long count)
    {
        if (count == 0)
        {
            return;
        }

        if (_used == _buckets.Length)
        {
            int size = Math.Max(LeastPlaces, _used * 2);
            Array.Resize(ref _buckets, size);
            Array.Resize(ref _counts, size);
        }

        _buckets.AsSpan(place, _used - place).CopyTo(_buckets.AsSpan(place + 1));
        _counts.AsSpan(place, _used - place).CopyTo(_counts.AsSpan(place + 1));
        _buckets[place] = (ushort)bucket;
        _counts[place] = count;
        _used++;
        int places = Rounded(_buckets[_used - 1]) + LogarithmicBuckets.PerOctave - Rounded(_buckets[0]);
        if (_used >= RangeFromUsed && places <= _used * MostPlacesPerUsed)
        {
            GoToRange(_buckets[0], _buckets[_used - 1]);
        }
    }

    private void GoToRange(int first, int last)
    {
        if (IsRange || _used == 0)
        {
            CoverRange(first, last);
            return;
        }

        CoverRange(Math.Min(first, _buckets[0]), Math.Max(last, _buckets[_used - 1]));
        for (int i = 0; i < _used; i++)
        {
            _range[_buckets[i] - _rangeFirst] = _counts[i];
        }

        _used = 0;
        _buckets = [];
        _counts = [];
    }

    private void CoverRange(int first, int last)
    {
        int end = _rangeFirst + _range.Length;
        if (IsRange && first >= _rangeFirst && last < end)
        {
            return;
        }

        int newFirst = Rounded(IsRange ? Math.Min(first, _rangeFirst) : first);
        int newEnd = Math.Max(Rounded(last) + LogarithmicBuckets.PerOctave, IsRange ? end : 0);
        long[] larger = new long[newEnd - newFirst];
        _range.CopyTo(larger.AsSpan(IsRange ? _rangeFirst - newFirst : 0));
        _range = larger;
        _rangeFirst = newFirst;
    }
}
