using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>What became of the records that passed the door.</summary>
/// <remarks>Mergeable. Counts input records: of several events made of one record only the first counts.</remarks>
public readonly record struct AdmissionTotals
{
    /// <summary>Records that were applied, or will be.</summary>
    public long Accepted { get; init; }

    /// <summary>Records whose id was seen before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records too far behind their source's watermark.</summary>
    public long Late { get; init; }

    /// <summary>Corrected time of the earliest accepted event; null before the first.</summary>
    public EventTime? From { get; init; }

    /// <summary>Corrected time of the latest accepted event; null before the first.</summary>
    public EventTime? To { get; init; }

    /// <summary>The totals of two disjoint sets of records.</summary>
    /// <param name="left">One set.</param>
    /// <param name="right">The other.</param>
    public static AdmissionTotals Merge(AdmissionTotals left, AdmissionTotals right) => new()
    {
        Accepted = left.Accepted + right.Accepted,
        Duplicates = left.Duplicates + right.Duplicates,
        Late = left.Late + right.Late,
        From = left.From is { } a && right.From is { } b ? (a < b ? a : b) : left.From ?? right.From,
        To = left.To is { } c && right.To is { } d ? (c > d ? c : d) : left.To ?? right.To,
    };
}
