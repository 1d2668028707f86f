namespace StreamSense.Core.Metrics;

/// <summary>A change of the number of open plays at the beginning of a second.</summary>
/// <param name="Second">The second since the Unix epoch.</param>
/// <param name="Change">By how many.</param>
internal readonly record struct SecondChange(long Second, long Change);
