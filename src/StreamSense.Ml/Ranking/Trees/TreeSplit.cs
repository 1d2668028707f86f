namespace StreamSense.Ml.Ranking.Trees;

/// <summary>One question that a tree asks of a row.</summary>
/// <remarks>
/// A numerical split sends a row left where <c>value &lt; Threshold</c>, with both as 32-bit numbers (a model that asks
/// <c>value &lt;= t</c> in 64 bits is brought into this form without loss for 32-bit values: its threshold is the least 32-bit number
/// above t). A categorical split sends a row left where the whole number <c>(int)value</c> is in its set. A missing value (NaN) goes
/// where <see cref="MissingLeft"/> says, and so does a category below 0; of a category above 0 the fraction is dropped.
/// </remarks>
/// <param name="Feature">The index of the feature.</param>
/// <param name="Threshold">The threshold; of a categorical split unused.</param>
/// <param name="Left">The child on the left: a split, or a leaf as its complement.</param>
/// <param name="Right">The child on the right: a split, or a leaf as its complement.</param>
/// <param name="MissingLeft">Whether a missing value goes left.</param>
/// <param name="Categories">The index in <see cref="DecisionTree.Categories"/>; negative for a numerical split.</param>
public readonly record struct TreeSplit(int Feature, float Threshold, int Left, int Right, bool MissingLeft, int Categories = -1)
{
    /// <summary>Whether the split asks for membership in a set instead of an order.</summary>
    public bool IsCategorical => Categories >= 0;

    /// <summary>Whether a numerical split takes a value of at most 1e-35 either way for missing: LightGBM's missing type Zero.</summary>
    /// <value>False.</value>
    public bool ZeroIsMissing { get; init; }

    /// <summary>Up to what size either way a value counts as zero.</summary>
    internal const float ZeroThreshold = 1e-35f;
}
