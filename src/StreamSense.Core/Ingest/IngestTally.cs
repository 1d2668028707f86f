namespace StreamSense.Core.Ingest;

/// <summary>Counts for one thread, to be added to <see cref="IngestCounters"/> now and then.</summary>
internal sealed class IngestTally
{
    public long Offered { get; set; }

    public long Written { get; set; }

    public long Dropped { get; set; }

    /// <summary>Records that began to wait, less those that have been handed on.</summary>
    public long Held { get; set; }

    public long[] RejectedBy { get; } = new long[IngestCounters.ReasonCount];

    public long Rejected
    {
        get
        {
            long sum = 0;
            foreach (long count in RejectedBy)
            {
                sum += count;
            }

            return sum;
        }
    }

    public void Clear()
    {
        Offered = 0;
        Written = 0;
        Dropped = 0;
        Held = 0;
        Array.Clear(RejectedBy);
    }

    public void Add(IngestTally other)
    {
        Offered += other.Offered;
        Written += other.Written;
        Dropped += other.Dropped;
        Held += other.Held;
        for (int i = 0; i < RejectedBy.Length; i++)
        {
            RejectedBy[i] += other.RejectedBy[i];
        }
    }
}
