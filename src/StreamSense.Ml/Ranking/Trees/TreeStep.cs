namespace StreamSense.Ml.Ranking.Trees;

/// <summary>One tree of a program.</summary>
/// <param name="Form">How blocks go through it.</param>
/// <param name="Depth">How many splits a row passes at most; of a complete tree the depth it was filled up to.</param>
/// <param name="FirstNode">Its first node among the nodes of its form.</param>
/// <param name="Nodes">How many nodes of its form it has.</param>
/// <param name="FirstLeaf">Its first leaf.</param>
/// <param name="Leaves">How many leaves the blocks can reach.</param>
/// <param name="WalkRoot">Its root among the nodes of walks.</param>
internal readonly record struct TreeStep(
    TreeForm Form, int Depth, int FirstNode, int Nodes, int FirstLeaf, int Leaves, int WalkRoot);
