using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A list changed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ListPayload : IEventPayload
{
    /// <summary>The list, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol List;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.ListAdd
        or EventKind.ListRemove;
}
