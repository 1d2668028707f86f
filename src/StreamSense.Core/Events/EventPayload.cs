using System.Runtime.CompilerServices;

namespace StreamSense.Core.Events;

/// <summary>The 40 bytes of an event whose meaning depends on its kind; read through a typed payload.</summary>
[InlineArray(Size)]
public struct EventPayload
{
    /// <summary>The size of every payload in bytes.</summary>
    public const int Size = 40;

    private byte _first;
}
