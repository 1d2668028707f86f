namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A split of a tree of any shape, in an order in which both children come before it.</summary>
/// <param name="Test">The split.</param>
/// <param name="Left">Where the leaves lie that rows reach through the left child, in bytes from the start of the values.</param>
/// <param name="Right">The same of the right child.</param>
/// <param name="Target">Where this split puts its own.</param>
internal readonly record struct StackNode(BlockNode Test, ushort Left, ushort Right, ushort Target);
