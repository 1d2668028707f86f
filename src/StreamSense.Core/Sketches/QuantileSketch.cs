using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace StreamSense.Core.Sketches;

/// <summary>A mergeable summary of non-negative whole numbers that answers quantiles within 1 % relative error.</summary>
/// <remarks>
/// <para>Buckets of logarithmic width, as in HdrHistogram and DDSketch (Masson, Rim, Lee 2019, section 2): a value of at least 64 falls
/// into the bucket of its highest bit and the six bits after it. A bucket that begins at <c>b</c> is at most <c>b / 64</c> wide and is
/// answered by its middle, so that an answer is at most <c>1 / 128</c> (0.79 %) off the value of that rank; values below 128 are exact, and
/// so are the least and the greatest value until a value is removed. Counts are whole numbers: merging is exact, associative and
/// commutative, and <see cref="Remove"/> undoes <see cref="Add(long)"/>.</para>
/// <para>Memory: ten bytes a used bucket while they are few, then eight bytes for each bucket between the least and the greatest value, 64
/// of them where that doubles: 5 KB from 10 ms to 10 s; at most 30 KB. A steady range of values allocates nothing.</para>
/// </remarks>
public sealed class QuantileSketch : ISketch<QuantileSketch>
{
    private const byte Version = 1;

    private BucketCounts _counts = new();
    private long _least = long.MaxValue;
    private long _greatest = long.MinValue;

    // How many whole numbers lie from the least to the greatest value, once the buckets are a range, which covers them; else 0.
    private ulong _covered;

    /// <summary>How many values were added.</summary>
    /// <remarks>The sum over the buckets: a tenth of a microsecond or so.</remarks>
    public long Count => _counts.Total;

    /// <summary>How much memory the buckets take, in bytes.</summary>
    public int MemoryBytes => _counts.MemoryBytes;

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one sketch and no more.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of such a sketch.</exception>
    public static QuantileSketch Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.Quantile, Version);
        var sketch = new QuantileSketch();
        int used = reader.CountOf(leastBytesEach: 2);
        if (used > 0)
        {
            long least = reader.Amount();
            long greatest = reader.Amount();
            ulong bucket = 0;
            long total = 0;
            for (int i = 0; i < used; i++)
            {
                ulong step = reader.Varint();
                ulong count = reader.Varint();
                SketchReader.Require(step < LogarithmicBuckets.Total && (step > 0 || i == 0));
                SketchReader.Require(count > 0 && count <= (ulong)(long.MaxValue - total));
                bucket += step;
                total += (long)count;
                SketchReader.Require(bucket < LogarithmicBuckets.Total);
                SketchReader.Require(i > 0 || (int)bucket == LogarithmicBuckets.Of(least));
                sketch._counts.Add((int)bucket, (long)count);
            }

            SketchReader.Require(least <= greatest && (int)bucket == LogarithmicBuckets.Of(greatest));
            sketch.SetExtremes(least, greatest);
        }

        reader.End();
        return sketch;
    }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value, in whatever unit the sketch is of.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        // The one question is whether the value has a bucket in the range and is no new extreme; a negative one never is between them.
        if ((ulong)(value - _least) < _covered)
        {
            _counts.Raise(LogarithmicBuckets.Of(value));
        }
        else
        {
            AddBeyond(value);
        }
    }

    /// <summary>Adds a value as if it came several times.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many times; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value or the count is negative.</exception>
    public void Add(long value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > 0)
        {
            _counts.Add(LogarithmicBuckets.Of(value), count);
            SetExtremes(Math.Min(_least, value), Math.Max(_greatest, value));
        }
    }

    /// <summary>Adds values; faster than one by one.</summary>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative; none was added.</exception>
    public void Add(ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        (long least, long greatest) = ExtremesOf(values);
        ArgumentOutOfRangeException.ThrowIfNegative(least, nameof(values));
        int done = 0;
        for (; done < values.Length && !_counts.IsRange; done++)
        {
            _counts.Add(LogarithmicBuckets.Of(values[done]), 1);
        }

        if (done < values.Length)
        {
            _counts.AddToRange(values[done..], least, greatest);
        }

        SetExtremes(Math.Min(_least, least), Math.Max(_greatest, greatest));
    }

    /// <summary>Takes back a value that was added.</summary>
    /// <remarks>Counts are as if it had never come. If it was the least or the greatest, that becomes the border of its bucket or of the
    /// next one that is used: from then on it may be up to 1/64 off.</remarks>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">No value of its bucket is there.</exception>
    public void Remove(long value)
    {
        if (!TryRemove(value))
        {
            throw new InvalidOperationException("The value was not added, or was removed already.");
        }
    }

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <param name="other">The other sketch; unchanged.</param>
    public void Merge(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        BucketCounts counts = other._counts;
        _counts.Add(in counts);
        SetExtremes(Math.Min(_least, other._least), Math.Max(_greatest, other._greatest));
    }

    /// <summary>The value at a quantile, by nearest rank.</summary>
    /// <param name="quantile">The quantile, above 0 and at most 1.</param>
    /// <returns>The value, within 1 %, or null if none was added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not in its range.</exception>
    public long? Quantile(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        long total = Count;
        if (total == 0)
        {
            return null;
        }

        long rank = Math.Clamp((long)Math.Ceiling(quantile * total), 1, total);
        long seen = 0;
        ReadOnlySpan<long> counts = _counts.Counts;
        for (int place = 0; place < counts.Length; place++)
        {
            seen += counts[place];
            if (seen >= rank)
            {
                return Math.Clamp(LogarithmicBuckets.MiddleOf(_counts.BucketAt(place)), _least, _greatest);
            }
        }

        return _greatest;
    }

    /// <summary>Forgets everything; the room stays for the next values.</summary>
    public void Clear()
    {
        _counts.Clear();
        SetExtremes(long.MaxValue, long.MinValue);
    }

    /// <summary>Writes the sketch as bytes: the same ones for the same values, whatever their order.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.Quantile, Version);
        ReadOnlySpan<long> counts = _counts.Counts;
        int used = counts.Length - counts.Count(0L);
        writer.Varint((ulong)used);
        if (used == 0)
        {
            return;
        }

        writer.Int64(_least);
        writer.Int64(_greatest);
        int last = 0;
        for (int place = 0; place < counts.Length; place++)
        {
            if (counts[place] != 0)
            {
                writer.Varint((ulong)(_counts.BucketAt(place) - last));
                writer.Varint((ulong)counts[place]);
                last = _counts.BucketAt(place);
            }
        }
    }

    /// <summary>Takes a value back if one of its bucket is there.</summary>
    internal bool TryRemove(long value)
    {
        int bucket = value < 0 ? LogarithmicBuckets.Total : LogarithmicBuckets.Of(value);
        if (_counts.CountOf(bucket) == 0)
        {
            return false;
        }

        bool isEmpty = _counts.Add(bucket, -1) == 0;
        if (value <= _least || value >= _greatest || isEmpty)
        {
            FindExtremes(value, isEmpty);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Least, long Greatest) ExtremesOf(ReadOnlySpan<long> values)
    {
        long least = values[0];
        long greatest = values[0];
        int done = 0;
        if (Vector.IsHardwareAccelerated && values.Length >= Vector<long>.Count)
        {
            var leasts = new Vector<long>(values);
            Vector<long> greatests = leasts;
            for (; done + Vector<long>.Count <= values.Length; done += Vector<long>.Count)
            {
                var next = new Vector<long>(values[done..]);
                leasts = Vector.Min(leasts, next);
                greatests = Vector.Max(greatests, next);
            }

            for (int i = 0; i < Vector<long>.Count; i++)
            {
                least = Math.Min(least, leasts[i]);
                greatest = Math.Max(greatest, greatests[i]);
            }
        }

        for (; done < values.Length; done++)
        {
            least = Math.Min(least, values[done]);
            greatest = Math.Max(greatest, values[done]);
        }

        return (least, greatest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddBeyond(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        _counts.Add(LogarithmicBuckets.Of(value), 1);
        SetExtremes(Math.Min(_least, value), Math.Max(_greatest, value));
    }

    // To be called after the counts have changed: they may have become a range.
    private void SetExtremes(long least, long greatest)
    {
        _least = least;
        _greatest = greatest;
        _covered = _counts.IsRange && least <= greatest ? (ulong)(greatest - least) + 1 : 0;
    }

    private void FindExtremes(long removed, bool isBucketEmpty)
    {
        ReadOnlySpan<long> counts = _counts.Counts;
        int first = counts.IndexOfAnyExcept(0L);
        if (first < 0)
        {
            SetExtremes(long.MaxValue, long.MinValue);
            return;
        }

        long least = _least;
        long greatest = _greatest;
        int bucket = LogarithmicBuckets.Of(removed);
        if (removed <= least || (isBucketEmpty && bucket == LogarithmicBuckets.Of(least)))
        {
            least = LogarithmicBuckets.FirstOf(_counts.BucketAt(first));
        }

        if (removed >= greatest || (isBucketEmpty && bucket == LogarithmicBuckets.Of(greatest)))
        {
            greatest = LogarithmicBuckets.LastOf(_counts.BucketAt(counts.LastIndexOfAnyExcept(0L)));
        }

        SetExtremes(least, greatest);
    }
}
