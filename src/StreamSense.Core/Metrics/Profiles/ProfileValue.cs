namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A metric of a profile, and its value.</summary>
/// <param name="Formula">The metric.</param>
/// <param name="Value">The value in the unit of the concept; null where the denominator is 0.</param>
public sealed record ProfileValue(ProfileFormula Formula, double? Value);
