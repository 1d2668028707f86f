namespace StreamSense.Ml.Ranking;

/// <summary>What one unit of a feature adds to a linear score.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Weight">The weight; finite.</param>
/// <param name="Missing">The value that stands in where the feature is missing; finite.</param>
public sealed record FeatureWeight(string Feature, float Weight, float Missing = 0);
