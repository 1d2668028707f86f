using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>Gives each candidate of a request a score; the higher, the earlier it is shown.</summary>
/// <remarks>
/// Immutable and thread-safe, without state between calls; allocates nothing per call; the same context and batch give the same bits. A
/// candidate's score does not depend on its place in the batch. Missing features are the ranker's to handle: a score is never NaN.
/// </remarks>
public interface IRanker
{
    /// <summary>Which model this is.</summary>
    ModelInfo Info { get; }

    /// <summary>The features it reads; a batch of another layout hash is refused.</summary>
    FeatureLayout Layout { get; }

    /// <summary>How much working memory a call needs.</summary>
    /// <param name="maxCandidates">How many candidates the call has at most.</param>
    /// <returns>Bytes.</returns>
    int ScratchBytes(int maxCandidates);

    /// <summary>Scores a batch.</summary>
    /// <param name="context">The request.</param>
    /// <param name="batch">The candidates.</param>
    /// <param name="scores">Room for one score a candidate.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> for this many candidates, content undefined; aligned for floats.</param>
    /// <exception cref="ArgumentException">The layout is another one, or there is too little room.</exception>
    void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch);
}
