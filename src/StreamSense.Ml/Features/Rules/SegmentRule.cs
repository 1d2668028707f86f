namespace StreamSense.Ml.Features.Rules;

/// <summary>Whether the viewer is in a segment of the audience.</summary>
/// <remarks>1 or 0, as the engine’s segments say. Missing without them, or without a viewer.</remarks>
/// <param name="Segment">The name of the segment.</param>
public sealed record SegmentRule(string Segment) : FeatureRule;
