namespace StreamSense.Ml.Features.Rules;

/// <summary>How often an episode follows the one before it.</summary>
/// <remarks>Of plays of episodes, the fading share that continue the series of the play before within <see cref="Within"/>: the next
/// episode, or the
/// first one of the next season. From 0 to 1; missing while there are none.</remarks>
/// <param name="HalfLife">How fast plays fade.</param>
public sealed record BingeRule(TimeSpan HalfLife) : FeatureRule
{
    /// <summary>How soon the next episode must follow.</summary>
    /// <value>24 hours.</value>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What is a play.</summary>
    /// <value>Views that showed their first frame.</value>
    public EventSelector Of { get; init; } = new(FeatureSignal.ViewStarted);
}
