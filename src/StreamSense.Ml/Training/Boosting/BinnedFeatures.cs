namespace StreamSense.Ml.Training.Boosting;

/// <summary>Rows as bins: of each row and feature, where its cell lies.</summary>
/// <remarks>
/// A block of eight features lies row by row. What is held is not the bin but the distance in bytes of its cell from the block's first
/// one, which a histogram adds to an address without further arithmetic; it fits 16 bits. Bins of missing values that the training data
/// have none of lie behind the cells of their feature, and are never added up.
/// </remarks>
internal sealed unsafe class BinnedFeatures
{
    /// <summary>By how many bits a bin is shifted to be a distance in bytes: a cell has 16.</summary>
    public const int CellShift = 4;

    private readonly AlignedBuffer<ushort>[] _blocks;

    /// <summary>Sorts rows into bins.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="bins">The bins.</param>
    /// <param name="sharing">Shares the blocks among threads.</param>
    public BinnedFeatures(BoostingData data, FeatureBins bins, WorkSharing sharing)
    {
        Rows = data.Rows;
        Bins = bins;
        _blocks = new AlignedBuffer<ushort>[bins.Blocks];
        sharing.Run(_blocks.Length, 10L * Rows * bins.Features, block => _blocks[block] = Fill(data, bins, block));
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>The bins.</summary>
    public FeatureBins Bins { get; }

    /// <summary>The rows of a block: eight places each.</summary>
    /// <param name="block">The block.</param>
    public ushort* Block(int block) => _blocks[block].Pointer;

    /// <summary>The place of the first row's value of a feature; that of the next row is eight places on.</summary>
    /// <param name="feature">The feature.</param>
    public ushort* Column(int feature) => _blocks[feature / FeatureBins.BlockWidth].Pointer + (feature % FeatureBins.BlockWidth);

    /// <summary>How far the first cell of a feature lies from the first of its block, in bins.</summary>
    /// <param name="feature">The feature.</param>
    public int FirstBinInBlock(int feature) => Bins.FirstCell(feature) - Bins.FirstCellOfBlock(feature / FeatureBins.BlockWidth);

    private static AlignedBuffer<ushort> Fill(BoostingData data, FeatureBins bins, int block)
    {
        var places = new AlignedBuffer<ushort>(checked(data.Rows * FeatureBins.BlockWidth));
        int first = block * FeatureBins.BlockWidth;
        int end = Math.Min(first + FeatureBins.BlockWidth, bins.Features);
        for (int feature = first; feature < end; feature++)
        {
            FeatureCuts cuts = bins.Of(feature);
            int start = bins.FirstCell(feature) - bins.FirstCellOfBlock(block);
            ushort* place = places.Pointer + (feature - first);
            foreach (float value in data.Column(feature))
            {
                *place = (ushort)((start + cuts.BinOf(value)) << CellShift);
                place += FeatureBins.BlockWidth;
            }
        }

        return places;
    }
}
