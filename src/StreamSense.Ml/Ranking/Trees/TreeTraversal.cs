namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Scores rows by walking each tree from its root: the definition of what an ensemble answers.</summary>
/// <remarks>
/// Plain and slow, without preparation or state. <see cref="TreeScorer"/> gives the same bits; this is what it is tested against, and
/// what a reader should read.
/// </remarks>
public static class TreeTraversal
{
    /// <summary>Scores rows.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="rows">The rows, with as many features as the ensemble.</param>
    /// <param name="scores">Room for one score a row.</param>
    /// <param name="output">What is asked for.</param>
    /// <exception cref="ArgumentException">The rows have another number of features, or there is too little room.</exception>
    public static void Score(TreeEnsemble ensemble, in TreeRows rows, Span<double> scores, TreeOutput output = TreeOutput.Answer)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        if (rows.Features != ensemble.FeatureNames.Length || scores.Length < rows.Count)
        {
            throw new ArgumentException(
                $"The ensemble has {ensemble.FeatureNames.Length} features, the {rows.Count} rows have {rows.Features}, "
                + $"and there is room for {scores.Length} scores.",
                nameof(rows));
        }

        for (int row = 0; row < rows.Count; row++)
        {
            scores[row] = TreeAnswer.Of(ensemble, SumOf(ensemble, rows, row), output);
        }
    }

    /// <summary>The leaf in which a row ends.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="row">Which row.</param>
    /// <returns>The index of the leaf.</returns>
    public static int LeafOf(DecisionTree tree, in TreeRows rows, int row)
    {
        ArgumentNullException.ThrowIfNull(tree);
        int node = tree.Splits.IsEmpty ? ~0 : 0;
        while (node >= 0)
        {
            ref readonly TreeSplit split = ref tree.Splits.ItemRef(node);
            node = GoesLeft(tree, split, rows[row, split.Feature]) ? split.Left : split.Right;
        }

        return ~node;
    }

    /// <summary>Whether a split sends a value to the left.</summary>
    /// <param name="tree">The tree of the split.</param>
    /// <param name="split">The split.</param>
    /// <param name="value">The value of its feature; NaN says missing.</param>
    public static bool GoesLeft(DecisionTree tree, in TreeSplit split, float value)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (split.IsCategorical)
        {
            return value >= 0 ? IsIn(tree.Categories[split.Categories], value) : split.MissingLeft;
        }

        bool isMissing = float.IsNaN(value) || (split.ZeroIsMissing && Math.Abs(value) <= TreeSplit.ZeroThreshold);
        return isMissing ? split.MissingLeft : value < split.Threshold;
    }

    /// <summary>Whether a set has the category of a value that is not negative.</summary>
    internal static bool IsIn(TreeCategories categories, float value) => value < int.MaxValue && categories.Contains((int)value);

    private static double SumOf(TreeEnsemble ensemble, in TreeRows rows, int row)
    {
        if (ensemble.Arithmetic == TreeArithmetic.Double)
        {
            double sum = ensemble.BaseScore;
            foreach (DecisionTree tree in ensemble.Trees)
            {
                sum += tree.Leaves[LeafOf(tree, rows, row)];
            }

            return sum;
        }

        float single = (float)ensemble.BaseScore;
        foreach (DecisionTree tree in ensemble.Trees)
        {
            single += (float)tree.Leaves[LeafOf(tree, rows, row)];
        }

        return single;
    }
}
