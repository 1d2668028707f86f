using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>Shows candidates as their source proposed them, whatever a ranker says: what the source alone is worth.</summary>
internal sealed class SourceOrder : IRankingPolicy
{
    public string Name => "source-order";

    public int ScratchBytes(int maxCandidates) => 0;

    public int Choose(
        in RankContext context, in CandidateBatch batch, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch)
    {
        int count = Math.Min(choices.Length, batch.Count);
        for (int i = 0; i < count; i++)
        {
            choices[i] = new SlotChoice(i, 1);
        }

        return count;
    }
}
