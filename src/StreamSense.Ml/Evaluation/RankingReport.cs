using System.Collections.Immutable;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Evaluation;

/// <summary>How good the order of a model is.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Users">How many users have test items: those over whom means are taken.</param>
/// <param name="Items">How many items are ranked, but for those that a user has in the training set.</param>
/// <param name="Overlap">How many test interactions are training interactions too; they cannot be found, and should be none.</param>
/// <param name="Cutoffs">The metrics for each cutoff, in the order of the options.</param>
/// <param name="Mrr">The mean reciprocal rank: of the best test item among all items ranked, without a cutoff.</param>
/// <param name="Segments">The same for each segment, by name; empty if none was asked for.</param>
public sealed record RankingReport(
    string Model,
    int Users,
    int Items,
    int Overlap,
    ImmutableArray<CutoffReport> Cutoffs,
    MetricEstimate Mrr,
    ImmutableArray<SegmentReport> Segments)
{
    /// <summary>The metrics at a cutoff.</summary>
    /// <param name="k">One of the cutoffs that were asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public CutoffReport At(int k) => Cutoffs.FirstOrDefault(cutoff => cutoff.K == k)
        ?? throw new ArgumentOutOfRangeException(nameof(k), k, "It was not among the cutoffs.");
}
