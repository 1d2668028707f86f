using System.Collections.Immutable;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A binary tree that sends a row of features to one of its leaves.</summary>
/// <remarks>
/// Split 0 is the root; a tree without a split has one leaf. A child that is not negative is a split, and comes after its parent;
/// a negative child <c>c</c> is the leaf <c>~c</c>. Immutable, and safe for many threads.
/// </remarks>
/// <param name="Splits">The inner nodes.</param>
/// <param name="Leaves">The value of each leaf; one more than there are splits.</param>
public sealed record DecisionTree(ImmutableArray<TreeSplit> Splits, ImmutableArray<double> Leaves)
{
    /// <summary>The bits of the sets of the categorical splits, by <see cref="TreeSplit.Categories"/>; empty if there is none.</summary>
    public ImmutableArray<TreeCategories> Categories { get; init; } = [];

    /// <summary>The weight of the training rows that ended in each leaf, for explanations; empty if it is not known.</summary>
    /// <remarks>Not negative, and finite.</remarks>
    public ImmutableArray<double> LeafCovers { get; init; } = [];
}
