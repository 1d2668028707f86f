namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A concept that two profiles share: both values, and why they differ.</summary>
/// <param name="Concept">The concept.</param>
/// <param name="First">The metric of the first profile.</param>
/// <param name="Second">The metric of the second.</param>
/// <param name="Difference">The second value less the first; null where one has none.</param>
/// <param name="Terms">What the two count differently; empty where they are the same formula.</param>
public sealed record ConceptComparison(
    MetricConcept Concept, ProfileValue First, ProfileValue Second, double? Difference, IReadOnlyList<TermDifference> Terms);
