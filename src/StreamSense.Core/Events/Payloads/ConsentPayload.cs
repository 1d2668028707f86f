using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A change of consent.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ConsentPayload : IEventPayload
{
    /// <summary>The purposes granted from now on.</summary>
    public ConsentPurposes Granted;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.ConsentChange;
}
