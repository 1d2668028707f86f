using System.Collections.Immutable;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>The set of categories that a categorical split sends to the left.</summary>
/// <param name="Bits">The set, 64 categories a word, the least first.</param>
public sealed record TreeCategories(ImmutableArray<ulong> Bits)
{
    /// <summary>Whether a category is in the set.</summary>
    /// <param name="category">The category.</param>
    /// <returns>False for a negative one and for one above the set.</returns>
    public bool Contains(int category) =>
        (uint)category < (uint)Bits.Length * 64u && ((Bits[category >> 6] >> (category & 63)) & 1) != 0;
}
