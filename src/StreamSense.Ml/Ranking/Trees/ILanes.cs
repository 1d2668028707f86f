namespace StreamSense.Ml.Ranking.Trees;

/// <summary>A vector of bytes, one a row of a block, and what the kernels do with it.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many rows a block has.</summary>
    static abstract int Count { get; }

    /// <summary>The same byte for every row.</summary>
    static abstract TSelf Of(byte value);

    /// <summary>Reads a vector.</summary>
    static abstract TSelf Load(byte* source);

    /// <summary>Writes a vector.</summary>
    static abstract void Store(TSelf vector, byte* target);

    /// <summary>Adds bytes.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>For each row the left number where its bin is at most the threshold, else the right one, which is greater.</summary>
    static abstract TSelf Choose(BlockNode* node, byte* bins, TSelf left, TSelf right);

    /// <summary>As <see cref="Choose"/> for two leaves side by side.</summary>
    /// <param name="node">The split.</param>
    /// <param name="bins">The bins of the block.</param>
    /// <param name="left">The number of the left leaf.</param>
    /// <param name="right">The number of the right leaf: one more.</param>
    static abstract TSelf ChooseLeaf(BlockNode* node, byte* bins, TSelf left, TSelf right);

    /// <summary>How many of 16 numbers are at most a value.</summary>
    static abstract int CountAtMost(float* sixteen, float value);

    /// <summary>Adds the leaf of each row to its sum.</summary>
    /// <param name="numbers">The number of each row's leaf.</param>
    /// <param name="leaves">The leaves, with room up to a multiple of 16.</param>
    /// <param name="count">How many leaves there are.</param>
    /// <param name="sums">The sums.</param>
    static abstract void AddLeaves(byte* numbers, float* leaves, int count, float* sums);

    /// <summary>Adds the leaf of each row to its sum, in 64 bits.</summary>
    static abstract void AddLeaves(byte* numbers, double* leaves, double* sums);
}
