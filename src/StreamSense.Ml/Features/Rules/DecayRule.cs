namespace StreamSense.Ml.Features.Rules;

/// <summary>A sum in which every contribution fades with its age.</summary>
/// <remarks><c>Σ weight × 2^(-age / half-life)</c>. A signal that comes late counts as if it had come in time.</remarks>
/// <param name="Of">What is summed.</param>
/// <param name="HalfLife">After this age a contribution counts half.</param>
public sealed record DecayRule(EventSelector Of, TimeSpan HalfLife) : FeatureRule;
