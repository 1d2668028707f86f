namespace StreamSense.Core.Metrics;

/// <summary>The metrics of one value of a dimension.</summary>
/// <param name="Key">The value's name; null for what happened while it was unknown.</param>
/// <param name="Metrics">Its metrics.</param>
public sealed record GroupMetrics(string? Key, QualityMetrics Metrics);
