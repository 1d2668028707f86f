namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Rows of features in the caller's memory, to be scored by trees.</summary>
/// <remarks>On the stack; not to be kept. NaN says missing.</remarks>
public readonly ref struct TreeRows
{
    private TreeRows(ReadOnlySpan<float> values, int count, int features, int rowStride, int featureStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        if (values.Length != (long)count * features)
        {
            throw new ArgumentException(
                $"{count} rows of {features} features have {(long)count * features} numbers, not {values.Length}.", nameof(values));
        }

        Values = values;
        Count = count;
        Features = features;
        RowStride = rowStride;
        FeatureStride = featureStride;
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>How many features a row has.</summary>
    public int Features { get; }

    /// <summary>All numbers.</summary>
    internal ReadOnlySpan<float> Values { get; }

    /// <summary>How far apart the same feature of two rows lies.</summary>
    internal int RowStride { get; }

    /// <summary>How far apart two features of a row lie.</summary>
    internal int FeatureStride { get; }

    /// <summary>One number.</summary>
    /// <param name="row">The row.</param>
    /// <param name="feature">The feature.</param>
    public float this[int row, int feature] => Values[(row * RowStride) + (feature * FeatureStride)];

    /// <summary>Takes numbers that lie feature after feature, as in a <see cref="CandidateBatch"/>: the faster form.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="features">How many features a row has.</param>
    /// <exception cref="ArgumentException">There are not exactly that many numbers.</exception>
    public static TreeRows FromColumns(ReadOnlySpan<float> values, int count, int features) =>
        new(values, count, features, rowStride: 1, featureStride: count);

    /// <summary>Takes numbers that lie row after row.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="features">How many features a row has.</param>
    /// <exception cref="ArgumentException">There are not exactly that many numbers.</exception>
    public static TreeRows FromRows(ReadOnlySpan<float> values, int count, int features) =>
        new(values, count, features, rowStride: features, featureStride: 1);
}
