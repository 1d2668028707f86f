namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A split of a tree of any shape, in an order in which both children come before it.</summary>
internal struct StackNode(BlockNode test, ushort left, ushort right, ushort target)
{
    /// <summary>The split.</summary>
    public BlockNode Test = test;

    /// <summary>Where the leaves lie that rows reach through the left child, in bytes from the start of the values.</summary>
    public ushort Left = left;

    /// <summary>The same of the right child.</summary>
    public ushort Right = right;

    /// <summary>Where this split puts its own.</summary>
    public ushort Target = target;
}
