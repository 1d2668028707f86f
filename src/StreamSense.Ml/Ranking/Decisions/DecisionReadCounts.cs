namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>What a <see cref="DecisionLogReader"/> met.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Rankings">How many rankings were given.</param>
/// <param name="Damaged">How many records or stretches were damaged, or refer to one that was, and were skipped.</param>
/// <param name="SkippedBytes">How many bytes were skipped in search of the next record.</param>
/// <param name="TornTails">How many files end in the middle of a record, as after a crash.</param>
public readonly record struct DecisionReadCounts(long Files, long Rankings, long Damaged, long SkippedBytes, long TornTails);
