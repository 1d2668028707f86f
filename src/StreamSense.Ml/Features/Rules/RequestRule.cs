namespace StreamSense.Ml.Features.Rules;

/// <summary>What the request itself tells.</summary>
/// <remarks>The same for all titles of a request. Missing where it is not told. Of the request’s scope.</remarks>
/// <param name="Measure">What is read.</param>
public sealed record RequestRule(RequestMeasure Measure) : FeatureRule
{
    /// <summary>What is added to UTC before hours and days are cut, between -14 and 14 hours.</summary>
    /// <value>0.</value>
    public TimeSpan UtcOffset { get; init; }
}
