using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>How the player is.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HeartbeatPayload : IEventPayload
{
    /// <summary>The playhead, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>The time between heartbeats, or <see cref="Absent.Time"/>.</summary>
    public long IntervalMicroseconds;

    /// <summary>Bitrate of video and audio together in kbit/s, or <see cref="Absent.Number"/>.</summary>
    public int BitrateKbps;

    /// <summary>Media ahead of the playhead, or <see cref="Absent.Number"/>.</summary>
    public int BufferMilliseconds;

    /// <summary>Frames not shown so far, or <see cref="Absent.Number"/>.</summary>
    public int DroppedFrames;

    /// <summary>Distance to the live edge, or <see cref="Absent.Number"/>.</summary>
    public int LiveLatencyMilliseconds;

    /// <summary>The state that the player says it is in.</summary>
    public PlayerState State;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Heartbeat;
}
