namespace StreamSense.Core.Buffering;

/// <summary>A place of a <see cref="KeyedTable{TRow}"/>: the key and its row side by side, so that a hit is one cache line.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal struct KeyedSlot<TRow>
    where TRow : unmanaged
{
    /// <summary>The key; means nothing unless the generation is the table's.</summary>
    public ulong Key;

    /// <summary>The generation in which the place was taken; a place of an older one is empty.</summary>
    public uint Generation;

    /// <summary>The how manieth row of its generation it is, from 0.</summary>
    public int Index;

    /// <summary>The row.</summary>
    public TRow Row;
}
