namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Changes the order that the policy chose, before the first of it are shown: variety, caps, pinned places.</summary>
/// <remarks>
/// Thread-safe and without state between calls; allocates nothing per call; the same context and order give the same result. A stage
/// reorders and leaves out, it adds nothing and changes no item.
/// </remarks>
public interface IRankingStage
{
    /// <summary>The name that explanations carry, for example <c>diversity</c>.</summary>
    string Name { get; }

    /// <summary>How much working memory a call needs.</summary>
    /// <param name="maxCandidates">How many candidates the call has at most.</param>
    /// <returns>Bytes.</returns>
    int ScratchBytes(int maxCandidates);

    /// <summary>Reorders.</summary>
    /// <param name="context">The ranking.</param>
    /// <param name="order">All candidates that are left, the best first.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> for this many candidates, content undefined; aligned for 64-bit
    /// numbers.</param>
    /// <returns>How many are left: those at the front of <paramref name="order"/>.</returns>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    int Apply(in StageContext context, Span<RankedCandidate> order, Span<byte> scratch);
}
