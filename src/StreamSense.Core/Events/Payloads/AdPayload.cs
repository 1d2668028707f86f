using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>An ad or ad break.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct AdPayload : IEventPayload
{
    /// <summary>A hash of the ad, or 0.</summary>
    public ulong Ad;

    /// <summary>A hash of the break, or 0.</summary>
    public ulong Break;

    /// <summary>Length of the ad, or <see cref="Absent.Number"/>.</summary>
    public int DurationMilliseconds;

    /// <summary>How much of it was shown, or NaN.</summary>
    public float Percent;

    /// <summary>Where the break lies.</summary>
    public AdPlacement Placement;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.AdBreakStart
        or EventKind.AdBreakEnd
        or EventKind.AdStart
        or EventKind.AdQuartile
        or EventKind.AdComplete
        or EventKind.AdSkip
        or EventKind.AdClick;
}
