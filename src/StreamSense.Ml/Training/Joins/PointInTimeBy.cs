namespace StreamSense.Ml.Training.Joins;

/// <summary>By what a past moment is found in a history.</summary>
public enum PointInTimeBy
{
    /// <summary>
    /// By <see cref="Ranking.Decisions.RankingRecord.StorePosition"/>: what the store had applied when the ranking was made, exactly.
    /// </summary>
    Position = 0,

    /// <summary>
    /// By time: everything that came before the stream passed the moment, which is when the first event or fact of a later time is met.
    /// What came late is not there, as it was not there then.
    /// </summary>
    Time = 1,
}
