namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A split as a block of rows meets it: a column of bins and what they are compared with.</summary>
/// <param name="Offset">Where the column lies in a block, in bytes.</param>
/// <param name="Threshold">A row goes right whose bin is greater; the same signed byte four times.</param>
internal readonly record struct BlockNode(int Offset, uint Threshold)
{
    /// <summary>A split that sends every row to the left: what fills up a tree that is not complete.</summary>
    public static BlockNode AlwaysLeft => new(0, Repeat(sbyte.MaxValue));

    /// <summary>A signed byte four times, because processors spread 32 bits for nothing, and 8 bits not.</summary>
    public static uint Repeat(sbyte threshold) => (byte)threshold * 0x01010101u;
}
