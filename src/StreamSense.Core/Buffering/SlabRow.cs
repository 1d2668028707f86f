namespace StreamSense.Core.Buffering;

/// <summary>A row of a slab with what the slab knows of it.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal struct SlabRow<TRow>
    where TRow : unmanaged
{
    /// <summary>The value of <see cref="Next"/> in a row that is in use.</summary>
    public const int Live = -2;

    /// <summary>The key; meaningful in a live row.</summary>
    public ulong Key;

    /// <summary>Odd while the writer changes the row.</summary>
    public uint Version;

    /// <summary><see cref="Live"/>, or the next free row.</summary>
    public int Next;

    /// <summary>The row itself.</summary>
    public TRow Value;
}
