using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Scores candidates by the order in which the sources proposed them: what is shown when the model cannot be asked.</summary>
/// <remarks>Unlike other rankers it goes by the place in the batch, and by nothing else.</remarks>
internal sealed class RetrievalOrder : IRanker
{
    /// <summary>The name that decisions carry.</summary>
    public const string Name = "retrieval-order";

    private RetrievalOrder(FeatureLayout layout)
    {
        Layout = layout;
        Info = InfoOf(layout);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public FeatureLayout Layout { get; }

    /// <summary>The order, for a layout.</summary>
    /// <param name="layout">The layout.</param>
    public static RetrievalOrder Of(FeatureLayout layout) => new(layout);

    /// <summary>What it is called, for a layout.</summary>
    /// <param name="layout">The layout.</param>
    public static ModelInfo InfoOf(FeatureLayout layout) => new(Name, "1", layout.Hash);

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => 0;

    /// <inheritdoc/>
    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            scores[i] = -i;
        }
    }
}
