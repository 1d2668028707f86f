namespace StreamSense.Ml.Training.Linear;

/// <summary>Rows of features with what became of each: what linear models are fitted to.</summary>
/// <remarks>Refers to the caller's memory, which must stay as it is. NaN says that a feature is missing. Safe for many readers.</remarks>
public sealed class LabelledRows
{
    private readonly ReadOnlyMemory<float> _features;
    private readonly ReadOnlyMemory<float> _labels;
    private readonly ReadOnlyMemory<float> _weights;

    /// <summary>Describes rows.</summary>
    /// <param name="features">The features, row after row.</param>
    /// <param name="columns">How many features a row has.</param>
    /// <param name="labels">0 or 1 for each row; a share between them, where a row stands for several.</param>
    /// <param name="weights">How much each row counts; empty if all count alike.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a feature is infinite, a label not 0 to 1, or a weight negative.</exception>
    public LabelledRows(
        ReadOnlyMemory<float> features, int columns, ReadOnlyMemory<float> labels, ReadOnlyMemory<float> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (features.Length != (long)columns * labels.Length || (!weights.IsEmpty && weights.Length != labels.Length))
        {
            throw new ArgumentException(
                $"{labels.Length} rows of {columns} features have {(long)columns * labels.Length} numbers, not {features.Length}, "
                + "and as many weights or none.");
        }

        Columns = columns;
        _features = features;
        _labels = labels;
        _weights = weights;
        Check();
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _labels.Length;

    /// <summary>How many features a row has.</summary>
    public int Columns { get; }

    /// <summary>What became of each row.</summary>
    public ReadOnlySpan<float> Labels => _labels.Span;

    /// <summary>The features of a row.</summary>
    /// <param name="row">The row.</param>
    public ReadOnlySpan<float> this[int row] => _features.Span.Slice(row * Columns, Columns);

    /// <summary>How much a row counts.</summary>
    /// <param name="row">The row.</param>
    public float WeightOf(int row) => _weights.IsEmpty ? 1 : _weights.Span[row];

    private void Check()
    {
        foreach (float feature in _features.Span)
        {
            if (float.IsInfinity(feature))
            {
                throw new ArgumentException("A feature is infinite; a missing one is NaN.");
            }
        }

        for (int i = 0; i < Count; i++)
        {
            if (!(Labels[i] >= 0 && Labels[i] <= 1) || !(WeightOf(i) >= 0 && float.IsFinite(WeightOf(i))))
            {
                throw new ArgumentException($"Row {i} has a label outside 0 to 1, or a weight that is negative or not finite.");
            }
        }
    }
}
