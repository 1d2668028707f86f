using System.Numerics;

namespace StreamSense.Core.Sketches;

/// <summary>A mergeable summary of non-negative whole numbers that answers quantiles within 1 % relative error.</summary>
/// <remarks>
/// <para>Buckets of logarithmic width, as in HdrHistogram and DDSketch (Masson, Rim, Lee 2019, section 2): a value of at least 64 falls
/// into the bucket of its highest bit and the six bits after it. A bucket that begins at <c>b</c> is at most <c>b / 64</c> wide and is
/// answered by its middle, so that an answer is at most <c>1 / 128</c> (0.79 %) off; values below 64 are exact, and so are the least and
/// the greatest value. Merging adds counts: it is exact, associative and commutative.</para>
/// <para>Only buckets that are used are kept, at most 3,776; a steady set of buckets allocates nothing. Not thread-safe.</para>
/// </remarks>
public sealed class QuantileSketch
{
    private const int MantissaBits = 6;
    private const int ExactValues = 1 << MantissaBits;

    private ushort[] _buckets = [];
    private long[] _counts = [];
    private int _used;
    private long _least = long.MaxValue;
    private long _greatest = long.MinValue;

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value, in whatever unit the sketch is of.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public void Add(long value) => Add(value, 1);

    /// <summary>Adds a value as if it had come several times.</summary>
    /// <param name="value">The value, in whatever unit the sketch is of.</param>
    /// <param name="count">How many times; none is nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Add(long value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return;
        }

        AddToBucket(BucketOf(value), count);
        Count += count;
        _least = Math.Min(_least, value);
        _greatest = Math.Max(_greatest, value);
    }

    /// <summary>Takes a value back that was added; the least and the greatest value are no longer exact.</summary>
    /// <param name="value">The value.</param>
    public void Remove(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        AddToBucket(BucketOf(value), -1);
        Count--;
        _least = Count == 0 ? long.MaxValue : 0;
        _greatest = Count == 0 ? long.MinValue : long.MaxValue;
    }

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <param name="other">The other sketch; unchanged.</param>
    public void Merge(QuantileSketch other)
    {
        for (int i = 0; i < other._used; i++)
        {
            AddToBucket(other._buckets[i], other._counts[i]);
        }

        Count += other.Count;
        _least = Math.Min(_least, other._least);
        _greatest = Math.Max(_greatest, other._greatest);
    }

    /// <summary>The value at a quantile, by nearest rank.</summary>
    /// <param name="quantile">The quantile, above 0 and at most 1.</param>
    /// <returns>The value, within 1 %, or null if none was added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not in its range.</exception>
    public long? Quantile(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        if (Count == 0)
        {
            return null;
        }

        long rank = Math.Clamp((long)Math.Ceiling(quantile * Count), 1, Count);
        long seen = 0;
        for (int i = 0; i < _used; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Clamp(MiddleOf(_buckets[i]), _least, _greatest);
            }
        }

        return _greatest;
    }

    /// <summary>Forgets everything; the room stays for the next values.</summary>
    public void Clear()
    {
        _used = 0;
        Count = 0;
        _least = long.MaxValue;
        _greatest = long.MinValue;
    }

    internal static int BucketOf(long value)
    {
        if (value < ExactValues)
        {
            return (int)value;
        }

        int shift = BitOperations.Log2((ulong)value) - MantissaBits;
        return (shift * ExactValues) + (int)(value >> shift);
    }

    internal static long MiddleOf(int bucket)
    {
        if (bucket < 2 * ExactValues)
        {
            return bucket;
        }

        int shift = (bucket / ExactValues) - 1;
        long first = (long)(bucket - (shift * ExactValues)) << shift;
        return first + (((1L << shift) - 1) / 2);
    }

    private void AddToBucket(int bucket, long count)
    {
        int place = _buckets.AsSpan(0, _used).BinarySearch((ushort)bucket);
        if (place >= 0)
        {
            _counts[place] += count;
            return;
        }

        place = ~place;
        if (_used == _buckets.Length)
        {
            int size = Math.Max(8, _used * 2);
            Array.Resize(ref _buckets, size);
            Array.Resize(ref _counts, size);
        }

        _buckets.AsSpan(place, _used - place).CopyTo(_buckets.AsSpan(place + 1));
        _counts.AsSpan(place, _used - place).CopyTo(_counts.AsSpan(place + 1));
        _buckets[place] = (ushort)bucket;
        _counts[place] = count;
        _used++;
    }
}
