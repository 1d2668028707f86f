namespace StreamSense.Ml.Training.Joins;

/// <summary>What became of the rankings of a <see cref="PointInTimeJoin"/>: each is counted once.</summary>
/// <param name="Rebuilt">How many were rebuilt.</param>
/// <param name="Missed">How many came up when the history was past their moment: the log is less in order than the window allows
/// for.</param>
/// <param name="Beyond">How many lie behind the end of the history.</param>
public readonly record struct PointInTimeCounts(long Rebuilt, long Missed, long Beyond);
