namespace StreamSense.Core.Ingest;

/// <summary>What became of the records of one body or file.</summary>
/// <remarks>Immutable. <c>Offered = Written + Dropped + Rejected + Held</c>.</remarks>
public sealed record IngestResult
{
    /// <summary>Records found.</summary>
    public long Offered { get; init; }

    /// <summary>Records that the receiver took.</summary>
    public long Written { get; init; }

    /// <summary>Records that the receiver dropped, and counted itself.</summary>
    public long Dropped { get; init; }

    /// <summary>
    /// Records that wait for one that was sent before them, less those of earlier bodies that were handed on meanwhile (and are
    /// counted as written); always 0 for NDJSON.
    /// </summary>
    public long Held { get; init; }

    /// <summary>Records refused, those for which there was no room included.</summary>
    public long Rejected { get; init; }

    /// <summary>How many records, from the first, were dealt with before the receiver had no room; all of them if it always had.</summary>
    /// <remarks>A sender may send the body again from the record after these, or whole: what was taken is known as a duplicate.</remarks>
    public long Taken { get; init; }

    /// <summary>Whether the receiver had no room for some: the sender may try again.</summary>
    public bool IsFull => Taken < Offered;

    /// <summary>The first few refused records.</summary>
    public IReadOnlyList<IngestError> Errors { get; init; } = [];
}
