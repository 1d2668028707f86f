using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Throughput.Ranking;

/// <summary>Copies what a record carries and keeps only the latest, so that a ranking is measured and not a disk.</summary>
internal sealed class CopyingLog : IDecisionLog
{
    private readonly float[] _features = new float[1 << 16];
    private readonly float[] _scores = new float[1 << 12];

    public bool TryAppend(in RankingRecord record)
    {
        record.Features.CopyTo(_features);
        record.Scores.CopyTo(_scores);
        return true;
    }
}
