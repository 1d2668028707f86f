using StreamSense.Core.Admission;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;

namespace StreamSense.Core;

/// <summary>What became of the input records of a pipeline.</summary>
/// <remarks>
/// At rest <c>Offered = Rejected + Dropped + Admitted.Accepted + Admitted.Duplicates + Admitted.Late</c>; while records are on their
/// way between the door and a shard, <see cref="Pending"/> is the rest. Read without stopping anything, so a single reading may be
/// off by what moved meanwhile.
/// </remarks>
public sealed record PipelineTotals
{
    /// <summary>Records that reached the door, and those that the host wrote itself.</summary>
    public required long Offered { get; init; }

    /// <summary>Records that did not pass the door, by reason.</summary>
    public required IReadOnlyDictionary<RejectReason, long> Rejected { get; init; }

    /// <summary>Records lost behind the door because a buffer was full or closed.</summary>
    public required long Dropped { get; init; }

    /// <summary>Records on their way to their shard.</summary>
    public long Pending =>
        Offered - Rejected.Values.Sum() - Dropped - Admitted.Accepted - Admitted.Duplicates - Admitted.Late;

    /// <summary>What became of the records that reached their shard.</summary>
    public required AdmissionTotals Admitted { get; init; }

    /// <summary>The totals as a report states them: what was dropped stands among the rejected, under <c>Full</c>.</summary>
    public ReportTotals ToReport() => new()
    {
        Offered = Offered - Pending,
        Accepted = Admitted.Accepted,
        Duplicates = Admitted.Duplicates,
        Late = Admitted.Late,
        Rejected = Dropped == 0 ? Rejected : WithDropped(),
        From = Admitted.From,
        To = Admitted.To,
    };

    internal static PipelineTotals Of(IngestCounters counters, long written, AdmissionTotals admitted, long dropped)
    {
        var rejected = new Dictionary<RejectReason, long>();
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            long count = counters.RejectedFor(reason);
            if (count > 0)
            {
                rejected.Add(reason, count);
            }
        }

        return new PipelineTotals
        {
            Offered = counters.Offered + written,
            Rejected = rejected,
            Dropped = dropped,
            Admitted = admitted,
        };
    }

    private Dictionary<RejectReason, long> WithDropped()
    {
        var all = new Dictionary<RejectReason, long>(Rejected);
        all[RejectReason.Full] = all.GetValueOrDefault(RejectReason.Full) + Dropped;
        return all;
    }
}
