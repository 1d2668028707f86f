using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Tests.Scenes;

/// <summary>A decision log that keeps what a test asks for, and can be full.</summary>
internal sealed class KeepingLog : IDecisionLog
{
    public bool Full { get; set; }

    public List<string> Models { get; } = [];

    public List<float[]> Scores { get; } = [];

    public List<TitleId[]> Titles { get; } = [];

    public List<int> Chosen { get; } = [];

    public List<int> FirstChosen { get; } = [];

    public List<long> Positions { get; } = [];

    public bool TryAppend(in RankingRecord record)
    {
        if (Full)
        {
            return false;
        }

        Models.Add(record.Model.ToString());
        Scores.Add(record.Scores.ToArray());
        Titles.Add(record.Candidates.ToArray());
        Chosen.Add(record.Chosen.Length);
        Positions.Add(record.StorePosition);
        if (!record.Chosen.IsEmpty)
        {
            FirstChosen.Add(record.Chosen[0]);
        }

        return true;
    }
}
