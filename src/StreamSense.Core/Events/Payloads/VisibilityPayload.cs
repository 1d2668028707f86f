using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>The player went to the background or came back.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VisibilityPayload : IEventPayload
{
    /// <summary>Whether it is in the background now.</summary>
    public bool Background;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Visibility;
}
