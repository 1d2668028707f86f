namespace StreamSense.Ml.Features.Rules;

/// <summary>How usual the device, country or other dimension of the query is.</summary>
/// <remarks>The share of the fading weights that had the same value of the dimension, from 0 to 1. Missing while there are none, or if the
/// query does
/// not tell the dimension.</remarks>
/// <param name="Dimension">Which dimension.</param>
/// <param name="Of">What is counted.</param>
/// <param name="HalfLife">How fast it fades.</param>
public sealed record PreferenceRule(FeatureDimension Dimension, EventSelector Of, TimeSpan HalfLife) : FeatureRule
{
    /// <summary>How many values are remembered, from 1 to 256.</summary>
    /// <value>8.</value>
    public int Slots { get; init; } = 8;
}
