using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A change that carries nothing but the playhead.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PlayheadPayload : IEventPayload
{
    /// <summary>The playhead (at a seek: from, to), or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Pause
        or EventKind.Resume
        or EventKind.SeekStart
        or EventKind.SeekEnd;
}
