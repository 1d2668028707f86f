using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A wait for data begins or ends.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct BufferPayload : IEventPayload
{
    /// <summary>How long the player says it waited, or <see cref="Absent.Time"/>.</summary>
    public long DurationMicroseconds;

    /// <summary>Why it waited.</summary>
    public BufferReason Reason;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.BufferStart
        or EventKind.BufferEnd;
}
