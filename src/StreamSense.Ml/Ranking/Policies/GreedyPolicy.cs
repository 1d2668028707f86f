namespace StreamSense.Ml.Ranking.Policies;

/// <summary>Chooses the best by score, with certainty; ties by title id.</summary>
public sealed class GreedyPolicy : IRankingPolicy
{
    /// <summary>The one there is: it has no state.</summary>
    public static GreedyPolicy Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "greedy";

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => TopSlots.ScratchBytes(maxCandidates);

    /// <inheritdoc/>
    public int Choose(
        in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, batch.Count, nameof(scores));
        return TopSlots.Select(batch.Titles, scores[..batch.Count], choices, scratch);
    }
}
