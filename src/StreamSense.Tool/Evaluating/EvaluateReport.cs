using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Tool.Evaluating;

/// <summary>What <c>evaluate</c> found.</summary>
/// <param name="Data">What it learnt from and was judged by.</param>
/// <param name="K">How many places of a list count first of all.</param>
/// <param name="Ranking">How good the order is.</param>
/// <param name="Errors">How far predicted ratings are off; null for a model that predicts none, or data without ratings.</param>
/// <param name="Baselines">How good popularity and decayed popularity are on the same data.</param>
/// <param name="Reading">How long reading took.</param>
/// <param name="Training">How long training took.</param>
/// <param name="Judging">How long ranking for all users took, baselines left out.</param>
/// <param name="PeakMemoryBytes">The most memory that the process had until then.</param>
internal sealed record EvaluateReport(
    RatingData Data,
    int K,
    RankingReport Ranking,
    RatingErrors? Errors,
    IReadOnlyList<RankingReport> Baselines,
    TimeSpan Reading,
    TimeSpan Training,
    TimeSpan Judging,
    long PeakMemoryBytes);
