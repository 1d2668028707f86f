namespace StreamSense.Ml.Features.Rules;

/// <summary>How much of what a viewer took goes to the attributes of a candidate.</summary>
/// <remarks>Every signal gives its weight in equal parts to the title’s attributes, and they fade. The value is the sum over the
/// candidate’s
/// attributes divided by the sum of all weights (by size): from 0 to 1, below 0 with negative weights. Missing while nothing was taken, and
/// for candidates without such an attribute. A viewer’s slots are bounded: the attribute of least weight makes room.</remarks>
/// <param name="Attribute">Which attribute.</param>
/// <param name="Of">What is taken.</param>
/// <param name="HalfLife">How fast it fades.</param>
public sealed record AffinityRule(FeatureAttribute Attribute, EventSelector Of, TimeSpan HalfLife) : FeatureRule
{
    /// <summary>How many attributes are remembered of a viewer, from 1 to 256.</summary>
    /// <value>24.</value>
    public int Slots { get; init; } = 24;
}
