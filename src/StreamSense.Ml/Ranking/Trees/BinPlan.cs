using System.Runtime.InteropServices;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Which columns of bins an ensemble needs.</summary>
/// <remarks>Immutable after construction.</remarks>
internal sealed class BinPlan
{
    private readonly FeatureThresholds?[] _byFeature;
    private readonly Dictionary<(int Feature, TreeCategories Categories, bool MissingLeft), int> _categories = [];

    /// <summary>Plans the columns.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="sources">Where each feature of the ensemble lies in the rows.</param>
    public BinPlan(TreeEnsemble ensemble, ReadOnlySpan<int> sources)
    {
        var thresholds = new List<float>?[sources.Length];
        foreach (DecisionTree tree in ensemble.Trees)
        {
            foreach (TreeSplit split in tree.Splits)
            {
                if (!split.IsCategorical)
                {
                    (thresholds[split.Feature] ??= []).Add(split.Threshold);
                }
            }
        }

        _byFeature = new FeatureThresholds?[sources.Length];
        for (int feature = 0; feature < sources.Length; feature++)
        {
            if (thresholds[feature] is { } own)
            {
                _byFeature[feature] = new FeatureThresholds(sources[feature], CollectionsMarshal.AsSpan(own));
            }
        }

        Register(ensemble);
        foreach (FeatureThresholds? bins in _byFeature)
        {
            bins?.Seal(Columns);
            Columns += bins?.Columns.Length ?? 0;
        }

        Features = [.. _byFeature.OfType<FeatureThresholds>()];
        FirstCategory = Columns;
        Categories = PlanCategories(ensemble, sources);
        Columns += Categories.Length;
    }

    /// <summary>The features with numerical splits.</summary>
    public FeatureThresholds[] Features { get; }

    /// <summary>The columns of categorical splits, which come behind the others.</summary>
    public CategoryColumn[] Categories { get; }

    /// <summary>The index of the first of them.</summary>
    public int FirstCategory { get; }

    /// <summary>How many columns there are.</summary>
    public int Columns { get; }

    /// <summary>The column of a split, and what its bins are compared with.</summary>
    /// <param name="tree">The split's tree.</param>
    /// <param name="split">The split.</param>
    public (int Column, sbyte Threshold) Find(DecisionTree tree, in TreeSplit split) =>
        split.IsCategorical
            ? (_categories[(split.Feature, tree.Categories[split.Categories], split.MissingLeft)], CategoryColumn.Threshold)
            : _byFeature[split.Feature]!.Find(split);

    private void Register(TreeEnsemble ensemble)
    {
        foreach (DecisionTree tree in ensemble.Trees)
        {
            foreach (ref readonly TreeSplit split in tree.Splits.AsSpan())
            {
                if (!split.IsCategorical)
                {
                    _byFeature[split.Feature]!.Register(split);
                }
            }
        }
    }

    private CategoryColumn[] PlanCategories(TreeEnsemble ensemble, ReadOnlySpan<int> sources)
    {
        var columns = new List<CategoryColumn>();
        foreach (DecisionTree tree in ensemble.Trees)
        {
            foreach (TreeSplit split in tree.Splits)
            {
                if (split.IsCategorical
                    && _categories.TryAdd((split.Feature, tree.Categories[split.Categories], split.MissingLeft), Columns + columns.Count))
                {
                    columns.Add(new CategoryColumn(sources[split.Feature], tree.Categories[split.Categories], split.MissingLeft));
                }
            }
        }

        return [.. columns];
    }
}
