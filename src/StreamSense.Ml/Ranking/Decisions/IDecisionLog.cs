namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Takes each ranking with all that it was made of: log-and-wait, from which training sees what serving saw.</summary>
/// <remarks>
/// A log is apart from the event ring: a record is as long as its candidates and features. <see cref="TryAppend"/> is called by many
/// request threads at once and must neither wait nor allocate; what finds no room is refused, and counted by who refuses.
/// </remarks>
public interface IDecisionLog
{
    /// <summary>Takes a ranking.</summary>
    /// <param name="record">The ranking; its spans are read before the call returns.</param>
    /// <returns>False if there was no room.</returns>
    bool TryAppend(in RankingRecord record);
}
