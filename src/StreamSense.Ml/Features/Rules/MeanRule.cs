namespace StreamSense.Ml.Features.Rules;

/// <summary>The fading mean of a number, drawn to the mean over everything.</summary>
/// <remarks><c>(Σ weight + w m) / (Σ 1 + w)</c> with the mean <c>m</c> over all keys; missing where nothing was counted anywhere.</remarks>
/// <param name="Of">The number is what each signal counts.</param>
/// <param name="HalfLife">How fast contributions fade.</param>
public sealed record MeanRule(EventSelector Of, TimeSpan HalfLife) : FeatureRule
{
    /// <summary>What the prior weighs: so many signals; at least 0.</summary>
    /// <value>5.</value>
    public double PriorWeight { get; init; } = 5;
}
