using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>Scores candidates by the order in which the sources proposed them: no model at all.</summary>
/// <remarks>
/// For surfaces whose sources know best, for a <see cref="ModelSlot"/> until the first model is there, and what is shown when a model
/// cannot be asked. Unlike other rankers it goes by the place in the batch, and by nothing else: the first scores 0, each further one less.
/// Stateless.
/// </remarks>
public sealed class SourceOrderRanker : IRanker
{
    /// <summary>The name that decisions carry.</summary>
    public const string Name = "source-order";

    /// <summary>Creates the ranker.</summary>
    /// <param name="layout">The features of the surface, which are not looked at.</param>
    public SourceOrderRanker(FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        Info = new ModelInfo(Name, "1", layout.Hash);
    }

    /// <inheritdoc/>
    public ModelInfo Info { get; }

    /// <inheritdoc/>
    public FeatureLayout Layout { get; }

    /// <inheritdoc/>
    public int ScratchBytes(int maxCandidates) => 0;

    /// <inheritdoc/>
    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
    {
        if (scores.Length < batch.Count)
        {
            throw new ArgumentException($"{batch.Count} candidates need as many scores.", nameof(scores));
        }

        for (int i = 0; i < batch.Count; i++)
        {
            scores[i] = -i;
        }
    }
}
