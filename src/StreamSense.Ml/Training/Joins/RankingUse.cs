using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Takes a ranking that was kept.</summary>
internal delegate void RankingUse<in TState>(in RankingRecord ranking, TState state);
