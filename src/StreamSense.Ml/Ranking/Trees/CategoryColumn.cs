namespace StreamSense.Ml.Ranking.Trees;

/// <summary>One column that answers a categorical split: the least bin goes left, the greatest right.</summary>
/// <param name="Source">The feature's index in the rows.</param>
/// <param name="Categories">What goes left.</param>
/// <param name="MissingLeft">Whether a missing value goes left.</param>
internal sealed record CategoryColumn(int Source, TreeCategories Categories, bool MissingLeft)
{
    /// <summary>The threshold of its splits.</summary>
    public const sbyte Threshold = sbyte.MinValue;

    /// <summary>The bin of a value.</summary>
    public sbyte BinOf(float value)
    {
        bool left = value >= 0 ? TreeTraversal.IsIn(Categories, value) : MissingLeft;
        return left ? sbyte.MinValue : sbyte.MaxValue;
    }
}
