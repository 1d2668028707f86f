using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A row of the viewer table; attributes lie in the annex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ProfilePayload : IEventPayload
{
    /// <summary>Viewer since (Unix microseconds), or <see cref="Absent.Time"/>.</summary>
    public long SinceMicroseconds;

    /// <summary>The plan, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Plan;

    /// <summary>A child's profile.</summary>
    public bool Kids;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Profile;
}
