using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A message to a viewer.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct MessagePayload : IEventPayload
{
    /// <summary>The channel, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Channel;

    /// <summary>The campaign, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Campaign;

    /// <summary>The offer, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Offer;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.MessageSent
        or EventKind.MessageOpened
        or EventKind.MessageClicked
        or EventKind.MessageDismissed;
}
