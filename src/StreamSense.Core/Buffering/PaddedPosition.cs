using System.Runtime.InteropServices;

namespace StreamSense.Core.Buffering;

/// <summary>A position that one side writes and the other reads, with a copy of the other side's position beside it.</summary>
/// <remarks>
/// 128 bytes of padding on either side keep it off the lines (and the adjacent lines that are fetched with them) of whatever the
/// collector places next to it. Not generic: a generic type must not have an explicit layout.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct PaddedPosition
{
    /// <summary>Written by the owning side, with release semantics; read by the other.</summary>
    [FieldOffset(128)]
    public long Value;

    /// <summary>The owning side's last look at the other side; nobody else touches it.</summary>
    [FieldOffset(256)]
    public long CachedPeer;
}
