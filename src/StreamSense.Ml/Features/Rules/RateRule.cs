namespace StreamSense.Ml.Features.Rules;

/// <summary>How many of one thing there are for each of another, smoothed by the ratio over everything.</summary>
/// <remarks>With fading sums <c>n</c> of <c>Of</c> and <c>d</c> of <c>Among</c>, and <c>N</c> and <c>D</c> over all keys:
/// <c>(w + n) / (w × D / N + d)</c> (the smoothing of Metarank, doc/configuration/features/counters.md). Where nothing was counted anywhere
/// it is missing; where <c>N</c> is 0 it is 0. For the bounds see <see cref="RateBound"/>.</remarks>
/// <param name="Of">The numerator.</param>
/// <param name="Among">The denominator.</param>
/// <param name="HalfLife">How fast both fade.</param>
public sealed record RateRule(EventSelector Of, EventSelector Among, TimeSpan HalfLife) : FeatureRule
{
    /// <summary>What the prior weighs: so many of <see cref="Of"/>, at the ratio over everything; at least 0.</summary>
    /// <value>10.</value>
    public double PriorWeight { get; init; } = 10;

    /// <summary>Which number is given: the smoothed ratio, or a bound of what it may be.</summary>
    /// <value><see cref="RateBound.None"/>.</value>
    public RateBound Bound { get; init; }

    /// <summary>How many standard deviations a bound lies away.</summary>
    /// <value>1.96: 95 % on both sides.</value>
    public double Deviations { get; init; } = 1.96;
}
