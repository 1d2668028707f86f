namespace StreamSense.Core.Diagnostics;

/// <summary>Counts what was dropped, by reason.</summary>
/// <remarks>Any thread may add and read; nothing is allocated by either.</remarks>
public sealed class DropCounters
{
    private const int Reasons = (int)DropReason.BroadcastCopy + 1;

    private readonly long[] _counts = new long[Reasons];

    /// <summary>How many events were dropped for any reason; copies that were lost beside a written event are not among them.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int i = 0; i < Reasons; i++)
            {
                total += i == (int)DropReason.BroadcastCopy ? 0 : Volatile.Read(ref _counts[i]);
            }

            return total;
        }
    }

    /// <summary>How many were dropped for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long this[DropReason reason] => Volatile.Read(ref _counts[(int)reason]);

    /// <summary>Counts drops.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="count">How many.</param>
    public void Add(DropReason reason, long count = 1) => Interlocked.Add(ref _counts[(int)reason], count);
}
