namespace StreamSense.Ml.Ranking.Policies;

/// <summary>What a policy chose for a place.</summary>
/// <param name="Candidate">The candidate's place in the batch.</param>
/// <param name="Propensity">With what probability it was chosen, given the choices before it: above 0, at most 1.</param>
public readonly record struct SlotChoice(int Candidate, float Propensity);
