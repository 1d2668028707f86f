namespace StreamSense.Ml.Features.Rules;

/// <summary>The sum over all time since the row was made.</summary>
/// <remarks>Whole millionths, exact in any order of events.</remarks>
/// <param name="Of">What is summed.</param>
public sealed record TotalRule(EventSelector Of) : FeatureRule;
