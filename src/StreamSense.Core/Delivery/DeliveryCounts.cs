using System.Runtime.InteropServices;

namespace StreamSense.Core.Delivery;

/// <summary>What became of the events that one delivery follows, as one consistent copy.</summary>
/// <remarks>
/// At any instant <c>Enqueued = Applied + Dropped + Pending</c>. All values but <see cref="BatchesApplied"/>, <see cref="Attempts"/> and
/// <see cref="FailedAttempts"/> count events.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DeliveryCounts
{
    /// <summary>Events of the sequenced order that this delivery has been shown, or will be, since it was made.</summary>
    public long Offered { get; init; }

    /// <summary>Events seen that are not for the sink: copies for other shards, and replayed ones unless asked for.</summary>
    public long Skipped { get; init; }

    /// <summary>Events for the sink; those still in the buffer count here until they are seen to be skipped.</summary>
    public long Enqueued => Offered - Skipped;

    /// <summary>Events of batches that the sink has written.</summary>
    public long Applied { get; init; }

    /// <summary>Events dropped because the sink failed as often as the schedule allows.</summary>
    public long DroppedFailed { get; init; }

    /// <summary>Events dropped because the sink refused their batch for good (<see cref="BatchRefusedException"/>).</summary>
    public long DroppedRefused { get; init; }

    /// <summary>
    /// Events dropped because the time to shut down was over. Where the sink was cut off within a call it may have written that batch.
    /// </summary>
    public long DroppedUnfinished { get; init; }

    /// <summary>Events dropped, for whatever reason.</summary>
    public long Dropped => DroppedFailed + DroppedRefused + DroppedUnfinished;

    /// <summary>Events in the buffer or gathered, whose fate is open.</summary>
    public long Pending { get; init; }

    /// <summary>Batches that the sink has written.</summary>
    public long BatchesApplied { get; init; }

    /// <summary>Calls made to the sink's <see cref="IBatchSink.WriteAsync"/>.</summary>
    public long Attempts { get; init; }

    /// <summary>Calls that failed, refusals included.</summary>
    public long FailedAttempts { get; init; }
}
