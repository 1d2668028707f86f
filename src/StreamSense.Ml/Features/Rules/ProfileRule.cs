namespace StreamSense.Ml.Features.Rules;

/// <summary>How usual the moment of the query is.</summary>
/// <remarks>The share of the fading weights that fell into the same hour of the day or day of the week, times the number of hours or days:
/// 1 is
/// average. Missing while there are none.</remarks>
/// <param name="Of">What is counted.</param>
/// <param name="Period">Hours or days.</param>
/// <param name="HalfLife">How fast it fades.</param>
public sealed record ProfileRule(EventSelector Of, ProfilePeriod Period, TimeSpan HalfLife) : FeatureRule
{
    /// <summary>What is added to UTC before hours and days are cut, between -14 and 14 hours.</summary>
    /// <value>0.</value>
    public TimeSpan UtcOffset { get; init; }
}
