using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Says how much alike titles are.</summary>
/// <remarks>Immutable, and safe for many threads; allocates nothing.</remarks>
public interface ITitleSimilarity
{
    /// <summary>Compares one title with others.</summary>
    /// <param name="rows">The catalogue rows of all candidates.</param>
    /// <param name="candidate">The title's place in <paramref name="rows"/>.</param>
    /// <param name="others">The others' places.</param>
    /// <param name="similarities">Room for one number an other: from 0, nothing in common, to 1, the same.</param>
    void Compare(ReadOnlySpan<CatalogueTitle> rows, int candidate, ReadOnlySpan<int> others, Span<float> similarities);
}
