using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>Another track.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct TrackPayload : IEventPayload
{
    /// <summary>The language, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Language;

    /// <summary>Which track.</summary>
    public TrackType Track;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.TrackChange;
}
