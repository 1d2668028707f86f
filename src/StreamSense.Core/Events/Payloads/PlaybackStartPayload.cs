using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>The first content frame.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PlaybackStartPayload : IEventPayload
{
    /// <summary>Where playback began, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>The player's own startup time, or <see cref="Absent.Time"/>.</summary>
    public long StartupMicroseconds;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.PlaybackStart;
}
