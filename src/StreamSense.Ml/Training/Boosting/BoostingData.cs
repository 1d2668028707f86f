using System.Collections.Immutable;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>Rows of features with what shall be learnt of them.</summary>
/// <remarks>
/// Features are given by column; a missing value is NaN. What is given is not copied, and must not change while it is in use.
/// Safe for many threads.
/// </remarks>
public sealed class BoostingData
{
    /// <summary>The greatest category that a categorical feature may hold.</summary>
    public const int MaxCategory = 1_048_575;

    private readonly ReadOnlyMemory<float>[] _columns;

    /// <summary>Takes columns.</summary>
    /// <param name="featureNames">The name of each feature.</param>
    /// <param name="columns">The values of each feature, row by row.</param>
    /// <param name="labels">What is learnt, row by row: a number, 0 or 1, or for LambdaMART a whole grade from 0 to 30.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row or feature, or a label is not finite.</exception>
    public BoostingData(ImmutableArray<string> featureNames, IReadOnlyList<ReadOnlyMemory<float>> columns, ReadOnlyMemory<float> labels)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (featureNames.IsDefaultOrEmpty || featureNames.Length != columns.Count)
        {
            throw new ArgumentException("Each feature needs a name and a column, and at least one is needed.", nameof(columns));
        }

        if (labels.Length == 0)
        {
            throw new ArgumentException("At least one row is needed.", nameof(labels));
        }

        foreach (float label in labels.Span)
        {
            if (!float.IsFinite(label))
            {
                throw new ArgumentException("A label is not finite.", nameof(labels));
            }
        }

        _columns = [.. columns];
        for (int feature = 0; feature < _columns.Length; feature++)
        {
            if (_columns[feature].Length != labels.Length)
            {
                throw new ArgumentException(
                    $"Feature '{featureNames[feature]}' has {_columns[feature].Length} values for {labels.Length} rows.", nameof(columns));
            }
        }

        FeatureNames = featureNames;
        Labels = labels;
    }

    /// <summary>The name of each feature.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>What is learnt, row by row.</summary>
    public ReadOnlyMemory<float> Labels { get; }

    /// <summary>How many rows there are.</summary>
    public int Rows => Labels.Length;

    /// <summary>How much each row counts.</summary>
    /// <value>Empty: all the same, 1.</value>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>How many rows each group has, in the order in which they stand: the rankings that LambdaMART learns from.</summary>
    /// <value>Empty: there are no groups.</value>
    public ImmutableArray<int> GroupSizes { get; init; } = [];

    /// <summary>The features whose values are categories: whole numbers from 0 to <see cref="MaxCategory"/> without an order.</summary>
    /// <value>Empty.</value>
    public ImmutableArray<int> CategoricalFeatures { get; init; } = [];

    /// <summary>Takes rows that lie one behind the other.</summary>
    /// <param name="featureNames">The name of each feature.</param>
    /// <param name="rows">The values of the first row, then those of the second, and so on.</param>
    /// <param name="labels">What is learnt, row by row.</param>
    /// <param name="groupSizes">How many rows each group has; default for no groups.</param>
    /// <returns>The data, copied.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row or feature, or a label is not finite.</exception>
    public static BoostingData FromRows(
        ImmutableArray<string> featureNames,
        ReadOnlySpan<float> rows,
        ReadOnlySpan<float> labels,
        ImmutableArray<int> groupSizes = default)
    {
        int width = featureNames.IsDefault ? 0 : featureNames.Length;
        if (rows.Length != (long)width * labels.Length)
        {
            throw new ArgumentException($"{labels.Length} rows of {width} features are not {rows.Length} values.", nameof(rows));
        }

        var columns = new ReadOnlyMemory<float>[width];
        for (int feature = 0; feature < width; feature++)
        {
            var column = new float[labels.Length];
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = rows[(row * width) + feature];
            }

            columns[feature] = column;
        }

        return new BoostingData(featureNames, columns, labels.ToArray()) { GroupSizes = groupSizes.IsDefault ? [] : groupSizes };
    }

    /// <summary>The values of a feature.</summary>
    /// <param name="feature">Its index.</param>
    /// <returns>A value for each row.</returns>
    public ReadOnlySpan<float> Column(int feature) => _columns[feature].Span;

    /// <summary>Checks that the data fit an objective.</summary>
    /// <param name="objective">The objective.</param>
    /// <exception cref="ArgumentException">They do not; the message says why.</exception>
    internal void Check(BoostingObjective objective)
    {
        CheckWeights();
        CheckGroups(objective);
        ReadOnlySpan<float> labels = Labels.Span;
        for (int row = 0; row < labels.Length; row++)
        {
            bool fits = objective switch
            {
                BoostingObjective.Logistic => labels[row] is >= 0 and <= 1,
                BoostingObjective.LambdaMart => labels[row] is >= 0 and <= 30 && float.IsInteger(labels[row]),
                _ => true,
            };
            if (!fits)
            {
                throw new ArgumentException($"The label {labels[row]} of row {row} does not fit the objective {objective}.");
            }
        }

        foreach (int feature in CategoricalFeatures)
        {
            if ((uint)feature >= (uint)FeatureNames.Length)
            {
                throw new ArgumentException($"There is no feature {feature} to be categorical.");
            }
        }
    }

    private void CheckWeights()
    {
        if (Weights.Length != 0 && Weights.Length != Rows)
        {
            throw new ArgumentException($"There are {Weights.Length} weights for {Rows} rows.");
        }

        foreach (float weight in Weights.Span)
        {
            if (!(float.IsFinite(weight) && weight >= 0))
            {
                throw new ArgumentException($"A weight is {weight}; it must be finite and at least 0.");
            }
        }
    }

    private void CheckGroups(BoostingObjective objective)
    {
        if (objective != BoostingObjective.LambdaMart)
        {
            return;
        }

        long rows = 0;
        foreach (int size in GroupSizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(GroupSizes));
            rows += size;
        }

        if (rows != Rows)
        {
            throw new ArgumentException($"The groups hold {rows} rows; there are {Rows}.");
        }
    }
}
