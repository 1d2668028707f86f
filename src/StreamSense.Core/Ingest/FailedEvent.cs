using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>A record that was refused, kept so that somebody can look at it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FailedEvent
{
    private static readonly string CurrentVersion =
        typeof(FailedEvent).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <summary>Why it was refused.</summary>
    public required RejectReason Reason { get; init; }

    /// <summary>At which step.</summary>
    public required IngestStage Stage { get; init; }

    /// <summary>In words: the field, the rule and what was found instead.</summary>
    public required string Message { get; init; }

    /// <summary>The format it came in, for example <c>ndjson</c> or <c>cmcd</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The producer, as far as the host or the body says; null if nobody does.</summary>
    public string? Source { get; init; }

    /// <summary>The body or file that it came in: records of one body have the same, and no other body has it.</summary>
    public string Batch { get; init; } = "";

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

    /// <summary>The release that refused it.</summary>
    public string ProcessorVersion { get; init; } = CurrentVersion;

    /// <summary>Whether another try can succeed, after a mapping, a policy or a release has changed: its bytes are there, whole.</summary>
    public bool IsRecoverable => !Raw.IsEmpty && !IsRawTruncated;

    /// <summary>What was wrong, taken apart.</summary>
    public IReadOnlyList<FailureMessage> Messages => [FailureMessage.Parse(Message)];
}
