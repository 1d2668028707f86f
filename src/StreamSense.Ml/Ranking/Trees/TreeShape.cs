namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Refuses a tree that a traversal could not be sure to leave.</summary>
internal static class TreeShape
{
    /// <summary>Checks that each node is reached once and each number is finite.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="index">Its place in the ensemble, for the message.</param>
    /// <param name="features">How many features a row has.</param>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public static void Check(DecisionTree tree, int index, int features)
    {
        int splits = tree.Splits.Length;
        if (tree.Leaves.Length != splits + 1)
        {
            throw new ArgumentException($"Tree {index} has {splits} splits and {tree.Leaves.Length} leaves; one more is needed.");
        }

        if (!tree.LeafCovers.IsDefaultOrEmpty && tree.LeafCovers.Length != tree.Leaves.Length)
        {
            throw new ArgumentException($"Tree {index} has {tree.Leaves.Length} leaves and the covers of {tree.LeafCovers.Length}.");
        }

        foreach (double cover in tree.LeafCovers.IsDefault ? [] : tree.LeafCovers)
        {
            if (!(cover >= 0) || !double.IsFinite(cover))
            {
                throw new ArgumentException($"A cover of tree {index} is negative or not finite.");
            }
        }

        var reached = new bool[(2 * splits) + 1];
        for (int i = 0; i < splits; i++)
        {
            TreeSplit split = tree.Splits[i];
            bool known = (uint)split.Feature < (uint)features && split.Categories < tree.Categories.Length
                && (split.IsCategorical || !float.IsNaN(split.Threshold));
            if (!known || !Reach(split.Left, i, splits, reached) || !Reach(split.Right, i, splits, reached))
            {
                throw new ArgumentException(
                    $"Split {i} of tree {index} names a feature, a set, a threshold or a child that cannot be: {split}.");
            }
        }

        foreach (double leaf in tree.Leaves)
        {
            if (!double.IsFinite(leaf))
            {
                throw new ArgumentException($"A leaf of tree {index} is not finite.");
            }
        }
    }

    private static bool Reach(int child, int parent, int splits, bool[] reached)
    {
        int place = child >= 0 ? child : splits + ~child;
        bool fits = child >= 0 ? child > parent && child < splits : ~child <= splits;
        if (!fits || reached[place])
        {
            return false;
        }

        reached[place] = true;
        return true;
    }
}
