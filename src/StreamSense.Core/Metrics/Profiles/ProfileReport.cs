namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The metrics of a profile, in its own order and by its own names.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Values">Its metrics.</param>
public sealed record ProfileReport(MetricProfile Profile, IReadOnlyList<ProfileValue> Values);
