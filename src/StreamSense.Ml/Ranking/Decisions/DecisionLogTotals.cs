namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>What became of the rankings that were offered to a log: <c>Offered = Refused + Written + Lost + Pending</c>.</summary>
/// <param name="Offered">How many were offered.</param>
/// <param name="Refused">How many found no room, were too long, or came after the end.</param>
/// <param name="Written">How many were handed to the operating system.</param>
/// <param name="Lost">How many were taken and could not be written: the disk was full or failed.</param>
/// <param name="BytesWritten">How many bytes were written, names and layouts included.</param>
/// <param name="FilesBegun">How many files were begun.</param>
/// <param name="FilesDeleted">How many files were deleted to stay within the bounds.</param>
public readonly record struct DecisionLogTotals(
    long Offered, long Refused, long Written, long Lost, long BytesWritten, long FilesBegun, long FilesDeleted)
{
    /// <summary>How many wait to be written.</summary>
    public long Pending => Offered - Refused - Written - Lost;
}
