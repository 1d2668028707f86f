namespace StreamSense.Core.Ingest;

/// <summary>Counts what comes to the door, over all bodies.</summary>
/// <remarks>Any thread may add and read. <c>Offered = Written + Dropped + Held + Σ rejected</c> whenever no body is being read.</remarks>
public sealed class IngestCounters
{
    private readonly long[] _rejected = new long[ReasonCount];
    private long _offered;
    private long _written;
    private long _dropped;
    private long _held;

    /// <summary>The number of reasons, <see cref="RejectReason.None"/> included.</summary>
    internal const int ReasonCount = (int)RejectReason.Late + 1;

    /// <summary>Records found.</summary>
    public long Offered => Interlocked.Read(ref _offered);

    /// <summary>Records that receivers took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that receivers dropped, and counted themselves.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>CMCD records that wait for one that was sent before them.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Records refused, for whatever reason.</summary>
    public long Rejected
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _rejected.Length; i++)
            {
                sum += Interlocked.Read(ref _rejected[i]);
            }

            return sum;
        }
    }

    /// <summary>Records refused for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long RejectedFor(RejectReason reason) => Interlocked.Read(ref _rejected[(int)reason]);

    internal void Add(IngestTally tally)
    {
        Interlocked.Add(ref _offered, tally.Offered);
        Interlocked.Add(ref _written, tally.Written);
        Interlocked.Add(ref _dropped, tally.Dropped);
        Interlocked.Add(ref _held, tally.Held);
        for (int i = 0; i < _rejected.Length; i++)
        {
            if (tally.RejectedBy[i] != 0)
            {
                Interlocked.Add(ref _rejected[i], tally.RejectedBy[i]);
            }
        }
    }
}
