using System.Collections.Concurrent;

namespace StreamSense.Core.Ingest;

/// <summary>Counts what comes to the door, over all bodies.</summary>
/// <remarks>Any thread may add and read. <c>Offered = Written + Dropped + Held + Σ rejected</c> whenever no body is being read.</remarks>
public sealed class IngestCounters
{
    private readonly long[] _rejected = new long[ReasonCount];

    // Of each format the records refused by reason and, in the place of the reason None, those found.
    private readonly ConcurrentDictionary<string, long[]> _byFormat = new(StringComparer.Ordinal);
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

    /// <summary>What came in each format.</summary>
    internal IEnumerable<(string Format, long Offered, long[] Rejected)> ByFormat()
    {
        foreach ((string format, long[] counts) in _byFormat)
        {
            var copy = new long[ReasonCount];
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = Interlocked.Read(ref counts[i]);
            }

            yield return (format, copy[0], copy);
        }
    }

    internal void Add(string format, IngestTally tally)
    {
        if (tally.Offered == 0 && tally.Rejected == 0)
        {
            Add(tally);
            return;
        }

        if (!_byFormat.TryGetValue(format, out long[]? counts))
        {
            counts = _byFormat.GetOrAdd(format, new long[ReasonCount]);
        }

        Interlocked.Add(ref counts[0], tally.Offered);
        for (int i = 1; i < counts.Length; i++)
        {
            if (tally.RejectedBy[i] != 0)
            {
                Interlocked.Add(ref counts[i], tally.RejectedBy[i]);
            }
        }

        Add(tally);
    }

    private void Add(IngestTally tally)
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
