using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>Another playback rate.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct RatePayload : IEventPayload
{
    /// <summary>The rate in millionths: 1,000,000 is normal speed. Never negative.</summary>
    public int RateMillionths;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.RateChange;
}
