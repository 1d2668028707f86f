using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Evaluation;

/// <summary>How good the first places of the lists are.</summary>
/// <param name="K">How many places.</param>
/// <param name="Ndcg">NDCG@k.</param>
/// <param name="Map">MAP@k: the mean of average precision, each divided by min(k, |test|).</param>
/// <param name="Recall">Recall@k: hits / |test|.</param>
/// <param name="CappedRecall">Hits / min(k, |test|).</param>
/// <param name="Precision">Precision@k: hits / k.</param>
/// <param name="HitRate">HR@k: the share of users with a hit.</param>
/// <param name="Novelty">The mean of -log2 of the share of training users that have the item, over the items listed.</param>
/// <param name="Diversity">The mean distance of two items of a list; null without attributes.</param>
/// <param name="Coverage">The share of all items that stand in somebody's list.</param>
public sealed record CutoffReport(
    int K,
    MetricEstimate Ndcg,
    MetricEstimate Map,
    MetricEstimate Recall,
    MetricEstimate CappedRecall,
    MetricEstimate Precision,
    MetricEstimate HitRate,
    MetricEstimate Novelty,
    MetricEstimate? Diversity,
    double Coverage);
