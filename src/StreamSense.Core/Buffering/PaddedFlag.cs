using System.Runtime.InteropServices;

namespace StreamSense.Core.Buffering;

/// <summary>A flag that a hot path reads and only a slow path writes, alone on its cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedFlag
{
    /// <summary>The flag.</summary>
    [FieldOffset(128)]
    public int Value;
}
