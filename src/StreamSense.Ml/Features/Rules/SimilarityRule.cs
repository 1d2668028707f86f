namespace StreamSense.Ml.Features.Rules;

/// <summary>How alike a candidate is to the titles taken last.</summary>
/// <remarks>The share of the candidate’s attributes that a title taken has, averaged over those taken last: from 0 to 1. Missing while
/// there are none,
/// and for candidates without such an attribute.</remarks>
/// <param name="Attribute">Which attribute.</param>
/// <param name="Of">Which titles are taken.</param>
public sealed record SimilarityRule(FeatureAttribute Attribute, EventSelector Of) : FeatureRule
{
    /// <summary>How many different titles are remembered, from 1 to 64.</summary>
    /// <value>16.</value>
    public int Last { get; init; } = 16;
}
