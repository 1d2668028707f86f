using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>Another rendition.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct BitratePayload : IEventPayload
{
    /// <summary>The bitrate in kbit/s.</summary>
    public int BitrateKbps;

    /// <summary>The width in pixels, or <see cref="Absent.Number"/>.</summary>
    public int Width;

    /// <summary>The height in pixels, or <see cref="Absent.Number"/>.</summary>
    public int Height;

    /// <summary>Which media the bitrate speaks of.</summary>
    public MediaType MediaType;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.BitrateChange;
}
