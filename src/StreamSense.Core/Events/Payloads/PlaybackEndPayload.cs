using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>The end of a view.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PlaybackEndPayload : IEventPayload
{
    /// <summary>Where it ended, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>Why it ended.</summary>
    public EndReason Reason;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.PlaybackEnd;
}
