using System.Collections.Immutable;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Evaluation;

/// <summary>How good the order is for one segment of users.</summary>
/// <param name="Segment">The segment; empty for users who are in none.</param>
/// <param name="Users">How many users it has that have test items.</param>
/// <param name="Cutoffs">The metrics for each cutoff.</param>
/// <param name="Mrr">The mean reciprocal rank.</param>
public sealed record SegmentReport(string Segment, int Users, ImmutableArray<CutoffReport> Cutoffs, MetricEstimate Mrr);
