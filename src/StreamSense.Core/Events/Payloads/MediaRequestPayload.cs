using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A request to a CDN.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct MediaRequestPayload : IEventPayload
{
    /// <summary>Bytes sent, or <see cref="Absent.Time"/>.</summary>
    public long Bytes;

    /// <summary>Time to the first byte, or <see cref="Absent.Number"/>.</summary>
    public int TtfbMilliseconds;

    /// <summary>Time to the last byte, or <see cref="Absent.Number"/>.</summary>
    public int TtlbMilliseconds;

    /// <summary>Media in the object, or <see cref="Absent.Number"/>.</summary>
    public int DurationMilliseconds;

    /// <summary>The encoded bitrate, or <see cref="Absent.Number"/>.</summary>
    public int BitrateKbps;

    /// <summary>Media ahead of the playhead, or <see cref="Absent.Number"/>.</summary>
    public int BufferMilliseconds;

    /// <summary>Measured throughput, or <see cref="Absent.Number"/>.</summary>
    public int ThroughputKbps;

    /// <summary>How many requests this one stands for.</summary>
    public float Weight;

    /// <summary>The HTTP status, or 0.</summary>
    public short Status;

    /// <summary>The CMCD object type as a letter (<c>m a v i c k o</c>; <c>x</c> for av, <c>t</c> for tt), or 0.</summary>
    public byte ObjectType;

    /// <summary>Bits 0-3: <see cref="CacheStatus"/>; bit 4: startup; bit 5: starved.</summary>
    public byte CacheAndMarks;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.MediaRequest;
}
