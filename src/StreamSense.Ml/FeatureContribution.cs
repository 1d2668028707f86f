using System.Collections.Immutable;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>What a feature was, and what it added to a score.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Value">Its value; NaN if it is missing.</param>
/// <param name="Contribution">What it added; null if the ranker does not say.</param>
public readonly record struct FeatureContribution(string Feature, float Value, float? Contribution)
{
    /// <summary>The features of a candidate, in the order of the layout.</summary>
    /// <param name="ranker">What scored it.</param>
    /// <param name="context">The request.</param>
    /// <param name="batch">The candidates.</param>
    /// <param name="candidate">Which of them.</param>
    /// <param name="failed">Takes what the ranker throws.</param>
    internal static ImmutableArray<FeatureContribution> Of(
        IRanker ranker, in RankContext context, in CandidateBatch batch, int candidate, Action<Exception> failed)
    {
        var explaining = ranker as IExplainingRanker;
        float[] added = explaining is null ? [] : new float[batch.Layout.Count];
        try
        {
            explaining?.Explain(context, batch, candidate, added);
        }
        catch (Exception thrown)
        {
            // A ranker is a host's code: one that cannot explain itself is one that does not.
            failed(thrown);
            explaining = null;
        }

        var features = ImmutableArray.CreateBuilder<FeatureContribution>(batch.Layout.Count);
        for (int column = 0; column < batch.Layout.Count; column++)
        {
            features.Add(new FeatureContribution(
                batch.Layout.Features[column].Name, batch.Column(column)[candidate], explaining is null ? null : added[column]));
        }

        return features.MoveToImmutable();
    }
}
