using System.Buffers;

namespace StreamSense.Core.Sketches;

/// <summary>How many values fell between declared bounds, exactly.</summary>
/// <remarks>With n bounds there are n + 1 buckets: the first holds values below the first bound, the last those from the last bound on, and
/// each other one those from its bound on and below the next. Counts are whole numbers: merging is exact, associative and commutative,
/// and removing undoes adding.</remarks>
public sealed class FixedHistogram : ISketch<FixedHistogram>
{
    /// <summary>The most bounds.</summary>
    public const int MostBounds = 4096;

    private const byte Version = 1;

    private readonly long[] _bounds;
    private readonly long[] _counts;

    /// <summary>Creates an empty histogram.</summary>
    /// <param name="bounds">The bounds, each greater than the one before; at least one.</param>
    /// <exception cref="ArgumentException">There are no bounds, or too many, or they do not ascend.</exception>
    public FixedHistogram(params ReadOnlySpan<long> bounds)
    {
        if (bounds.Length is 0 or > MostBounds)
        {
            throw new ArgumentException($"A histogram has from 1 to {MostBounds} bounds.", nameof(bounds));
        }

        for (int i = 1; i < bounds.Length; i++)
        {
            if (bounds[i] <= bounds[i - 1])
            {
                throw new ArgumentException("Each bound must be greater than the one before.", nameof(bounds));
            }
        }

        _bounds = bounds.ToArray();
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>The bounds, ascending.</summary>
    public ReadOnlySpan<long> Bounds => _bounds;

    /// <summary>How many values each bucket holds; one more than there are bounds.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>How many values there are.</summary>
    public long Count { get; private set; }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one histogram and no more.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of a histogram.</exception>
    public static FixedHistogram Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.Histogram, Version);
        int count = reader.CountOf(leastBytesEach: sizeof(long) + 1);
        SketchReader.Require(count is >= 1 and <= MostBounds);
        long[] bounds = new long[count];
        for (int i = 0; i < count; i++)
        {
            bounds[i] = reader.Int64();
            SketchReader.Require(i == 0 || bounds[i] > bounds[i - 1]);
        }

        var histogram = new FixedHistogram(bounds);
        foreach (ref long bucket in histogram._counts.AsSpan())
        {
            ulong value = reader.Varint();
            SketchReader.Require(value <= (ulong)(long.MaxValue - histogram.Count));
            bucket = (long)value;
            histogram.Count += bucket;
        }

        reader.End();
        return histogram;
    }

    /// <summary>The bucket of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its place in <see cref="Counts"/>: how many bounds are not above the value.</returns>
    public int BucketOf(long value)
    {
        int place = _bounds.AsSpan().BinarySearch(value);
        return place >= 0 ? place + 1 : ~place;
    }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(long value) => Add(value, 1);

    /// <summary>Adds a value as if it came several times.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many times; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public void Add(long value, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _counts[BucketOf(value)] += count;
        Count += count;
    }

    /// <summary>Takes back a value that was added.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">No value of its bucket is there.</exception>
    public void Remove(long value)
    {
        ref long count = ref _counts[BucketOf(value)];
        if (count == 0)
        {
            throw new InvalidOperationException("The value was not added, or was removed already.");
        }

        count--;
        Count--;
    }

    /// <summary>Adds all that another histogram has seen.</summary>
    /// <param name="other">The other histogram; unchanged.</param>
    /// <exception cref="ArgumentException">Its bounds are others.</exception>
    public void Merge(FixedHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other._bounds.AsSpan().SequenceEqual(_bounds))
        {
            throw new ArgumentException("Histograms of different bounds cannot be merged.", nameof(other));
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>How many values are below a bound.</summary>
    /// <param name="bound">One of <see cref="Bounds"/>: between them the histogram does not know.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">It is not one of the bounds.</exception>
    public long CountBelow(long bound)
    {
        int place = _bounds.AsSpan().BinarySearch(bound);
        if (place < 0)
        {
            throw new ArgumentException("The histogram knows shares below its own bounds only.", nameof(bound));
        }

        long below = 0;
        for (int i = 0; i <= place; i++)
        {
            below += _counts[i];
        }

        return below;
    }

    /// <summary>What share of the values is below a bound.</summary>
    /// <param name="bound">One of <see cref="Bounds"/>.</param>
    /// <returns>The share, from 0 to 1, or null if there are no values.</returns>
    /// <exception cref="ArgumentException">It is not one of the bounds.</exception>
    public double? ShareBelow(long bound)
    {
        long below = CountBelow(bound);
        return Count == 0 ? null : (double)below / Count;
    }

    /// <summary>Forgets all values.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>Writes the histogram as bytes.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.Histogram, Version);
        writer.Varint((ulong)_bounds.Length);
        foreach (long bound in _bounds)
        {
            writer.Int64(bound);
        }

        foreach (long count in _counts)
        {
            writer.Varint((ulong)count);
        }
    }
}
