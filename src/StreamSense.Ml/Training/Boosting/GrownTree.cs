using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>A tree as it was grown: its questions in bins and in values.</summary>
/// <param name="Splits">The questions; a child comes after its parent.</param>
/// <param name="Choices">How each question was found.</param>
/// <param name="Values">The value of each leaf, which a 32-bit number holds exactly.</param>
internal sealed record GrownTree(BinSplit[] Splits, SplitChoice[] Choices, float[] Values)
{
    /// <summary>The gain of each question over the leaf that it splits.</summary>
    public double[] Gains { get; init; } = [];

    /// <summary>Adds the tree's value to the score of every row.</summary>
    /// <param name="features">The rows as bins.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="sharing">Shares the rows among threads.</param>
    public void AddTo(BinnedFeatures features, Memory<float> scores, WorkSharing sharing)
    {
        const int Chunk = 4096;
        sharing.Run((scores.Length + Chunk - 1) / Chunk, 20L * scores.Length, chunk =>
        {
            Span<float> all = scores.Span;
            int end = Math.Min(all.Length, (chunk + 1) * Chunk);
            for (int row = chunk * Chunk; row < end; row++)
            {
                all[row] += Values[LeafOf(features, row)];
            }
        });
    }

    /// <summary>The leaf of a row.</summary>
    /// <param name="features">The rows as bins.</param>
    /// <param name="row">The row.</param>
    public unsafe int LeafOf(BinnedFeatures features, int row)
    {
        int node = Splits.Length > 0 ? 0 : ~0;
        while (node >= 0)
        {
            BinSplit split = Splits[node];
            int place = features.Column(split.Feature)[(nint)row * FeatureBins.BlockWidth];
            int bin = (place >> BinnedFeatures.CellShift) - features.FirstBinInBlock(split.Feature);
            node = split.GoesLeft[bin] != 0 ? split.Left : split.Right;
        }

        return ~node;
    }

    /// <summary>The tree as it is served.</summary>
    /// <param name="bins">The bins of the features.</param>
    public DecisionTree ToTree(FeatureBins bins)
    {
        var splits = ImmutableArray.CreateBuilder<TreeSplit>(Splits.Length);
        var categories = ImmutableArray.CreateBuilder<TreeCategories>();
        for (int i = 0; i < Splits.Length; i++)
        {
            FeatureCuts cuts = bins.Of(Splits[i].Feature);
            SplitChoice choice = Choices[i];
            int set = -1;
            float threshold = 0;
            if (cuts.Categories is null)
            {
                threshold = choice.LastLeftBin < 0 ? float.NegativeInfinity : cuts.Thresholds[choice.LastLeftBin];
            }
            else
            {
                set = categories.Count;
                categories.Add(SetOf(cuts, choice.LeftBins!));
            }

            splits.Add(new TreeSplit(Splits[i].Feature, threshold, Splits[i].Left, Splits[i].Right, choice.MissingLeft, set));
        }

        return new DecisionTree(splits.MoveToImmutable(), [.. Values]) { Categories = categories.ToImmutable() };
    }

    private static TreeCategories SetOf(FeatureCuts cuts, int[] bins)
    {
        int greatest = 0;
        foreach (int bin in bins)
        {
            greatest = bin == cuts.MissingBin ? greatest : Math.Max(greatest, cuts.Categories![bin]);
        }

        var bits = new ulong[(greatest >> 6) + 1];
        foreach (int bin in bins)
        {
            if (bin != cuts.MissingBin)
            {
                int category = cuts.Categories![bin];
                bits[category >> 6] |= 1UL << (category & 63);
            }
        }

        return new TreeCategories([.. bits]);
    }
}
