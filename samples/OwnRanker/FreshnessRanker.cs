using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

/// <summary>A host's own ranker: popular titles first, new ones a little earlier, what was finished last.</summary>
internal sealed class FreshnessRanker : IRanker
{
    private static readonly FeatureLayout _layout = StandardFeatures.Basic.Layout;
    private static readonly int _plays = _layout.IndexOf(FeatureNames.TitlePlays);
    private static readonly int _freshness = _layout.IndexOf(FeatureNames.TitleFreshness);
    private static readonly int _finished = _layout.IndexOf(FeatureNames.Finished);

    public ModelInfo Info { get; } = new("freshness", "1", _layout.Hash);

    public FeatureLayout Layout => _layout;

    public int ScratchBytes(int maxCandidates) => 0;

    public void Score(in RankContext context, in CandidateBatch batch, Span<float> scores, Span<byte> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, batch.Count, nameof(scores));
        ReadOnlySpan<float> plays = batch.Column(_plays);
        ReadOnlySpan<float> freshness = batch.Column(_freshness);
        ReadOnlySpan<float> finished = batch.Column(_finished);
        for (int i = 0; i < batch.Count; i++)
        {
            scores[i] = Known(plays[i]) + (0.5f * Known(freshness[i])) - (10 * Known(finished[i]));
        }
    }

    // A feature that is missing is not a number; a score always is one.
    private static float Known(float feature) => float.IsNaN(feature) ? 0 : feature;
}
