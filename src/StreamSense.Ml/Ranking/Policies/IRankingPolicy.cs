namespace StreamSense.Ml.Ranking.Policies;

/// <summary>Turns scores into an order, and says how likely each choice was.</summary>
/// <remarks>
/// Thread-safe, allocates nothing per call. Lots are drawn from <see cref="RankContext.CreateRandom"/> and nowhere else, so that the same
/// request and scores give the same choices. What a policy learns it publishes as a whole, between calls.
/// </remarks>
public interface IRankingPolicy
{
    /// <summary>The name that decisions carry, for example <c>greedy</c>.</summary>
    string Name { get; }

    /// <summary>How much working memory a call needs.</summary>
    /// <param name="maxCandidates">How many candidates the call has at most.</param>
    /// <returns>Bytes.</returns>
    int ScratchBytes(int maxCandidates);

    /// <summary>Chooses.</summary>
    /// <param name="context">The request.</param>
    /// <param name="batch">The candidates, with their features.</param>
    /// <param name="scores">One finite score a candidate.</param>
    /// <param name="choices">Room for the choices, the first place first; no candidate twice.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> for this many candidates, content undefined; aligned for 64-bit
    /// numbers.</param>
    /// <returns>How many choices were made: as many as there is room and there are candidates.</returns>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    int Choose(
        in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch);
}
