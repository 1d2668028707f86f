namespace StreamSense.Core.Metrics.Engagement;

/// <summary>How many plays played for a time within two borders.</summary>
/// <param name="From">The least time.</param>
/// <param name="To">The time that is too long; null for no end.</param>
/// <param name="Plays">Ended plays.</param>
public readonly record struct PlayTimeClass(TimeSpan From, TimeSpan? To, long Plays);
