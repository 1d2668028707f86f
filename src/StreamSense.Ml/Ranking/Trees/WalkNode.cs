namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A split or a leaf as a single row meets it, without a branch.</summary>
/// <remarks>The right child stands behind the left. A leaf is its own left child and sends everything there.</remarks>
/// <param name="Left">The index of the left child.</param>
/// <param name="Test">The column, and in the low 8 bits the signed byte that a bin must exceed to go right.</param>
internal readonly record struct WalkNode(int Left, int Test)
{
    /// <summary>A split.</summary>
    public static WalkNode Split(int left, int column, sbyte threshold) => new(left, (column << 8) | (byte)threshold);

    /// <summary>A leaf.</summary>
    public static WalkNode Leaf(int self) => new(self, sbyte.MaxValue);
}
