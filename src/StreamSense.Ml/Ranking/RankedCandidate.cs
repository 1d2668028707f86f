using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking;

/// <summary>A candidate in the order that is to be shown.</summary>
/// <param name="Candidate">Its place in the <see cref="CandidateBatch"/>.</param>
/// <param name="Title">The title.</param>
/// <param name="Score">Its score; finite.</param>
/// <param name="Propensity">With what probability the policy chose it, given those before it.</param>
public readonly record struct RankedCandidate(int Candidate, TitleId Title, float Score, float Propensity);
