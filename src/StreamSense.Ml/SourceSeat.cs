using StreamSense.Ml.Candidates;

namespace StreamSense.Ml;

/// <summary>A source at its place on a surface.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">What explanations call it.</param>
/// <param name="AtMost">How many titles it may propose.</param>
internal sealed record SourceSeat(ICandidateSource Source, string Name, int AtMost);
