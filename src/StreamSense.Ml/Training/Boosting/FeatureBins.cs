namespace StreamSense.Ml.Training.Boosting;

/// <summary>The bins of all features, and where their histogram cells lie.</summary>
/// <remarks>
/// Features are dealt with by blocks of <see cref="BlockWidth"/>, whose cells together stay in the first-level cache while rows go by:
/// at most 8 · 256 · 16 bytes.
/// </remarks>
internal sealed class FeatureBins
{
    /// <summary>How many features a block has.</summary>
    public const int BlockWidth = 8;

    private readonly FeatureCuts[] _cuts;
    private readonly int[] _firstCells;

    /// <summary>Takes the bins of each feature.</summary>
    /// <param name="cuts">Them.</param>
    public FeatureBins(FeatureCuts[] cuts)
    {
        _cuts = cuts;
        _firstCells = new int[cuts.Length + 1];
        for (int feature = 0; feature < cuts.Length; feature++)
        {
            _firstCells[feature + 1] = _firstCells[feature] + cuts[feature].Bins;
        }
    }

    /// <summary>How many features there are.</summary>
    public int Features => _cuts.Length;

    /// <summary>How many blocks they make.</summary>
    public int Blocks => (Features + BlockWidth - 1) / BlockWidth;

    /// <summary>How many cells a histogram has.</summary>
    public int Cells => _firstCells[^1];

    /// <summary>Finds the bins of training data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="maxBins">How many bins a feature may have.</param>
    /// <param name="sharing">Shares the features among threads.</param>
    public static FeatureBins Find(BoostingData data, int maxBins, WorkSharing sharing)
    {
        var cuts = new FeatureCuts[data.FeatureNames.Length];
        sharing.Run(cuts.Length, 20L * data.Rows * cuts.Length, feature =>
        {
            ReadOnlySpan<float> column = data.Column(feature);
            cuts[feature] = data.CategoricalFeatures.Contains(feature)
                ? CutFinder.OfCategories(column, maxBins)
                : CutFinder.OfNumbers(column, maxBins);
        });
        return new FeatureBins(cuts);
    }

    /// <summary>How the values of a feature fall into bins.</summary>
    /// <param name="feature">The feature.</param>
    public FeatureCuts Of(int feature) => _cuts[feature];

    /// <summary>The first cell of a feature in a histogram.</summary>
    /// <param name="feature">The feature.</param>
    public int FirstCell(int feature) => _firstCells[feature];

    /// <summary>The first cell of a block in a histogram.</summary>
    /// <param name="block">The block.</param>
    public int FirstCellOfBlock(int block) => _firstCells[Math.Min(block * BlockWidth, Features)];
}
