namespace StreamSense.Ml.Features.Rules;

/// <summary>Whether the request has a value of a dimension.</summary>
/// <remarks>1 or 0; missing where the dimension is not told. Of the request’s scope.</remarks>
/// <param name="Dimension">Which dimension; of those of a request, or the surface.</param>
/// <param name="Name">The value asked for.</param>
public sealed record RequestIsRule(FeatureDimension Dimension, string Name) : FeatureRule;
