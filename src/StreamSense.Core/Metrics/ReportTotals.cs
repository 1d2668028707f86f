using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Metrics;

/// <summary>
/// What became of the input records that a report speaks of: <c>offered = accepted + duplicates + late + Σ rejected</c>.
/// </summary>
public readonly record struct ReportTotals
{
    /// <summary>Input records.</summary>
    public long Offered { get; init; }

    /// <summary>Records that became events.</summary>
    public long Accepted { get; init; }

    /// <summary>Records that had come before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records that came after their time.</summary>
    public long Late { get; init; }

    /// <summary>Records that did not become events, by reason; null for none. Reasons with 0 are not written.</summary>
    public IReadOnlyDictionary<RejectReason, long>? Rejected { get; init; }

    /// <summary>The time of the first accepted event; null if there is none.</summary>
    public EventTime? From { get; init; }

    /// <summary>The time of the last accepted event; null if there is none.</summary>
    public EventTime? To { get; init; }
}
