using System.Collections.Frozen;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Scores candidates by the dot product of their vectors with that of the viewer.</summary>
/// <remarks>
/// The viewer's vector comes with the request, in <see cref="RankContext.Shared"/>: the host folds it in once for a request. Without one,
/// and for a title that the model does not know, the score is 0: neither liked nor disliked. The features of the batch are not read.
/// </remarks>
public sealed class FactorRanker : IRanker
{
    private readonly ItemFactors _factors;
    private readonly FrozenDictionary<TitleId, int> _rows;

    /// <summary>Makes a ranker.</summary>
    /// <param name="factors">The titles' vectors.</param>
    /// <param name="info">Which model it is; of the layout's hash.</param>
    /// <param name="layout">The features that batches have.</param>
    /// <exception cref="ArgumentException">A title is there twice, or the hash is another.</exception>
    public FactorRanker(ItemFactors factors, ModelInfo info, FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(layout);
        if (info.LayoutHash != layout.Hash)
        {
            throw new ArgumentException($"{info} is of the layout {info.LayoutHash:x16}, not {layout.Hash:x16}.", nameof(info));
        }

        var rows = new Dictionary<TitleId, int>(factors.Titles.Length);
        foreach (TitleId title in factors.Titles)
        {
            if (!rows.TryAdd(title, rows.Count))
            {
                throw new ArgumentException($"The title {title} has two vectors.", nameof(factors));
            }
        }

        _factors = factors;
        _rows = rows.ToFrozenDictionary();
        Info = info;
        Layout = layout;
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
        if (batch.Layout.Hash != Layout.Hash)
        {
            throw new ArgumentException(
                $"The batch has the feature layout {batch.Layout.Hash:x16}, the model {Info} needs {Layout.Hash:x16}.", nameof(batch));
        }

        if (scores.Length < batch.Count)
        {
            throw new ArgumentException($"{batch.Count} candidates need as many scores.", nameof(scores));
        }

        int dimensions = _factors.Dimensions;
        ReadOnlySpan<float> viewer = context.Shared;
        if (!viewer.IsEmpty && viewer.Length != dimensions)
        {
            throw new ArgumentException($"{Info} has {dimensions} dimensions, the vector of the viewer {viewer.Length}.", nameof(context));
        }

        ReadOnlySpan<float> values = _factors.Values.AsSpan();
        for (int i = 0; i < batch.Count; i++)
        {
            float score = 0;
            if (!viewer.IsEmpty && _rows.TryGetValue(batch.Titles[i], out int row))
            {
                score = FactorProduct.Dot(values.Slice(row * dimensions, dimensions), viewer);
            }

            scores[i] = float.IsNaN(score) ? 0 : score;
        }
    }
}
