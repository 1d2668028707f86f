namespace StreamSense.Ml.Features.Rules;

/// <summary>Hours since the last signal.</summary>
/// <remarks>Missing if there was none; 0 if it lies in the future.</remarks>
/// <param name="Of">Which signals.</param>
public sealed record RecencyRule(EventSelector Of) : FeatureRule
{
    /// <summary>Whether it is the first signal that counts: an age, in place of a recency.</summary>
    /// <value>False.</value>
    public bool First { get; init; }
}
