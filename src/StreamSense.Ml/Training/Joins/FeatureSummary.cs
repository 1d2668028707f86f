namespace StreamSense.Ml.Training.Joins;

/// <summary>The distribution of one feature, in buckets that are the same for every feature and machine.</summary>
/// <remarks>
/// A bucket holds the numbers that share sign, exponent and the first six bits of the fraction: it is at most 1/64 wide in terms of where
/// it
/// begins, and whole numbers up to 128 have one each. Counts and sums are whole numbers, so that merging is exact in any order.
/// </remarks>
internal sealed class FeatureSummary
{
    private const int Shift = 23 - 6;

    private readonly Dictionary<int, long> _buckets = [];
    private Int128 _sum;
    private Int128 _squares;

    public long Values { get; private set; }

    public long Missing { get; private set; }

    public long Present => Values - Missing;

    public double? MissingShare => Values == 0 ? null : (double)Missing / Values;

    public double? Mean => Present == 0 ? null : FixedPoint.ToDouble(_sum) / Present;

    public double? StandardDeviation => Mean is { } mean
        ? Math.Sqrt(Math.Max(0, (FixedPoint.ToDouble(_squares) / Present) - (mean * mean)))
        : null;

    public void Add(float value)
    {
        Values++;
        if (float.IsNaN(value))
        {
            Missing++;
            return;
        }

        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_buckets, BucketOf(value), out _)++;
        _sum += FixedPoint.From(value);
        _squares += FixedPoint.From((double)value * value);
    }

    public void Merge(FeatureSummary other)
    {
        Values += other.Values;
        Missing += other.Missing;
        _sum += other._sum;
        _squares += other._squares;
        foreach ((int bucket, long count) in other._buckets)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_buckets, bucket, out _) += count;
        }
    }

    /// <summary>The buckets that hold anything, ascending.</summary>
    public (int Bucket, long Count)[] Ascending()
    {
        (int Bucket, long Count)[] all = [.. _buckets.Select(pair => (pair.Key, pair.Value))];
        Array.Sort(all, static (a, b) => a.Bucket.CompareTo(b.Bucket));
        return all;
    }

    // Ascending with the value; both zeros are one.
    private static int BucketOf(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value + 0f);
        return bits >= 0 ? bits >> Shift : -((bits & int.MaxValue) >> Shift) - 1;
    }
}
