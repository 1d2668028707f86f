using StreamSense.Core.Ingest;

namespace StreamSense.Core.Metrics;

/// <summary>What came to the door in one format, and what was refused there.</summary>
/// <remarks>The source of a refused record is often unknown: it counts under its format. Immutable.</remarks>
public sealed record DoorScore
{
    /// <summary>The format, as <see cref="FailedEvent.Format"/> has it.</summary>
    public required string Format { get; init; }

    /// <summary>Records found.</summary>
    public required long Offered { get; init; }

    /// <summary>Records refused, by reason; unknown kinds among them.</summary>
    public required IReadOnlyDictionary<RejectReason, long> Rejected { get; init; }
}
