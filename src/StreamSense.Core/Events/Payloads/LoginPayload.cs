using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>What a login takes with it; written by the pipeline, never by a sender.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct LoginPayload : IEventPayload
{
    /// <summary>From when on what the device did without a viewer is the viewer's (Unix microseconds); 0 if nothing is.</summary>
    public long JoinsSinceMicroseconds;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Login;
}
