namespace StreamSense.Ml.Ranking.Trees;

/// <summary>How many rows a block has: as many as a vector of the processor has bytes.</summary>
internal enum TreeWidth
{
    /// <summary>16 rows: any processor; what it cannot do in vectors the runtime does in steps.</summary>
    Portable = 16,

    /// <summary>32 rows: AVX2.</summary>
    Bits256 = 32,

    /// <summary>64 rows: AVX-512.</summary>
    Bits512 = 64,
}
