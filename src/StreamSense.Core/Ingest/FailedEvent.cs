using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>A record that was refused, kept so that somebody can look at it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FailedEvent
{
    /// <summary>Why it was refused.</summary>
    public required RejectReason Reason { get; init; }

    /// <summary>At which step.</summary>
    public required IngestStage Stage { get; init; }

    /// <summary>In words: the field, the rule and what was found instead.</summary>
    public required string Message { get; init; }

    /// <summary>The format it came in, for example <c>ndjson</c> or <c>cmcd</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Its place in its body or file, from 1.</summary>
    public long RecordIndex { get; init; }

    /// <summary>When the host received it; default if the host did not say.</summary>
    public EventTime ReceivedAt { get; init; }

    /// <summary>
    /// Its bytes as they came, raw ids included, cut at <see cref="FailedEvents.MaxRawBytes"/>; empty for
    /// <see cref="RejectReason.NoConsent"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Whether <see cref="Raw"/> was cut.</summary>
    public bool IsRawTruncated { get; init; }
}
