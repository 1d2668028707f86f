using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A reaction, share or comment.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ReactionPayload : IEventPayload
{
    /// <summary>The moment of the content it speaks of, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>What was done, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Action;

    /// <summary>Where, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Network;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.Reaction
        or EventKind.Share
        or EventKind.Comment;
}
