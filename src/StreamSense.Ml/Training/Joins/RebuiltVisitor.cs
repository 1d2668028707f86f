using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Takes a ranking with its features as they are rebuilt.</summary>
/// <param name="ranking">The ranking as it was logged or asked for; not to be kept.</param>
/// <param name="rebuilt">The features, one column after the other; not to be kept.</param>
public delegate void RebuiltVisitor(in RankingRecord ranking, ReadOnlySpan<float> rebuilt);
