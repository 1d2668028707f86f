namespace StreamSense.Core.Diagnostics;

/// <summary>Counts the records that a host writes itself, past the readers of formats, which keep their own counts.</summary>
/// <remarks>Any thread may add and read.</remarks>
public sealed class RecordCounter
{
    private long _count;

    /// <summary>How many records were handed over, whatever became of them.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Counts records.</summary>
    /// <param name="records">How many.</param>
    public void Add(long records) => Interlocked.Add(ref _count, records);
}
