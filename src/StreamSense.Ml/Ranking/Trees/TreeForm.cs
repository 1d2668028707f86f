namespace StreamSense.Ml.Ranking.Trees;

/// <summary>How blocks of rows go through a tree.</summary>
internal enum TreeForm : byte
{
    /// <summary>The tree has one leaf.</summary>
    Constant,

    /// <summary>Filled up to a complete tree: all splits in a fixed order, nothing to be looked up.</summary>
    Complete,

    /// <summary>All splits, children first, in the tree's own shape.</summary>
    Stack,

    /// <summary>Row by row from the root: the tree is too large for all its splits to be compared.</summary>
    Walk,
}
