using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Training.Joins;

/// <summary>What was shown and what came of it, in the form that trainers take: features by column, labels, weights and groups.</summary>
/// <remarks>
/// A row is a title in a slot, a group the rows of one ranking (a query, to learning to rank). Immutable and thread-safe. For the boosting
/// trainer: names, <see cref="Columns"/>, <see cref="Labels"/>, <see cref="Weights"/> and <see cref="GroupSizes"/> are its arguments.
/// </remarks>
public sealed class TrainingSet
{
    internal TrainingSet(
        FeatureLayout layout,
        ReadOnlyMemory<float>[] columns,
        ReadOnlyMemory<float> labels,
        ReadOnlyMemory<float> weights,
        ReadOnlyMemory<TitleId> titles,
        ReadOnlyMemory<int> positions,
        ReadOnlyMemory<float> propensities,
        ImmutableArray<TrainingGroup> groups)
    {
        Layout = layout;
        Columns = [.. columns];
        Labels = labels;
        Weights = weights;
        Titles = titles;
        Positions = positions;
        Propensities = propensities;
        Groups = groups;
    }

    /// <summary>What the columns mean.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames => [.. Layout.Features.Select(feature => feature.Name)];

    /// <summary>How many rows there are.</summary>
    public int Rows => Labels.Length;

    /// <summary>The values of each feature, row by row; NaN = missing.</summary>
    public ImmutableArray<ReadOnlyMemory<float>> Columns { get; }

    /// <summary>What each row was worth.</summary>
    public ReadOnlyMemory<float> Labels { get; }

    /// <summary>How much each row counts.</summary>
    public ReadOnlyMemory<float> Weights { get; }

    /// <summary>The title of each row.</summary>
    public ReadOnlyMemory<TitleId> Titles { get; }

    /// <summary>The place of each row in its slate, from 0.</summary>
    public ReadOnlyMemory<int> Positions { get; }

    /// <summary>With what probability each row was chosen for its place; NaN if that is not known.</summary>
    public ReadOnlyMemory<float> Propensities { get; }

    /// <summary>The rankings, in the order of their rows.</summary>
    public ImmutableArray<TrainingGroup> Groups { get; }

    /// <summary>How many rows each ranking has.</summary>
    public ImmutableArray<int> GroupSizes => [.. Groups.Select(group => group.Rows)];

    /// <summary>The rankings before a moment, and those from it on: to train on the past and test on the future.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Two sets, copied.</returns>
    public (TrainingSet Before, TrainingSet After) SplitAt(EventTime moment) =>
        (Where(group => group.Time < moment), Where(group => group.Time >= moment));

    /// <summary>The rankings that fulfil a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>A set of their own rows, copied.</returns>
    public TrainingSet Where(Func<TrainingGroup, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var rows = new TrainingRows(Layout, Math.Max(1, Rows));
        int row = 0;
        float[] values = new float[Layout.Count];
        foreach (TrainingGroup group in Groups)
        {
            bool isTaken = condition(group);
            for (int i = 0; i < group.Rows; i++, row++)
            {
                if (isTaken)
                {
                    for (int column = 0; column < values.Length; column++)
                    {
                        values[column] = Columns[column].Span[row];
                    }

                    rows.Add(
                        values, Labels.Span[row], Weights.Span[row], Titles.Span[row], Positions.Span[row], Propensities.Span[row]);
                }
            }

            rows.EndGroup(group.Request, group.Viewer, group.Time);
        }

        return rows.Build();
    }
}
