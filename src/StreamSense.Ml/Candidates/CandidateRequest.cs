using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>For whom, when and where candidates are wanted.</summary>
/// <param name="Features">The viewer, the consent and the event time.</param>
/// <param name="Country">The country, or none.</param>
public readonly record struct CandidateRequest(FeatureQuery Features, Symbol Country);
