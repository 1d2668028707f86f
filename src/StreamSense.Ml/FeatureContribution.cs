namespace StreamSense.Ml;

/// <summary>What a feature was, and what it added to a score.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Value">Its value; NaN if it is missing.</param>
/// <param name="Contribution">What it added; null if the ranker does not say.</param>
public readonly record struct FeatureContribution(string Feature, float Value, float? Contribution);
