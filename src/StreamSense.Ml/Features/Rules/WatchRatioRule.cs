namespace StreamSense.Ml.Features.Rules;

/// <summary>How much of a title its plays watch, beside what titles of its length are watched.</summary>
/// <remarks>The fading mean share of sessions, with <see cref="PriorWeight"/> sessions at the mean of the titles of the same length (half
/// octaves of
/// minutes), minus that mean: above 0 it is watched longer than others of its length. Missing without a duration. Of the title's
/// scope.</remarks>
/// <param name="HalfLife">How fast sessions fade.</param>
public sealed record WatchRatioRule(TimeSpan HalfLife) : FeatureRule
{
    /// <summary>How many sessions the mean of the length weighs; at least 0.</summary>
    /// <value>5.</value>
    public double PriorWeight { get; init; } = 5;

    /// <summary>Which signals tell the share.</summary>
    /// <value>Sessions, by their watched share.</value>
    public EventSelector Of { get; init; } = new([FeatureSignal.Session], SignalValue.WatchedShare, []);
}
