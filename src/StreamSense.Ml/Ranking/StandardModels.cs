using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>Linear models to begin with, before anything has been learnt from outcomes.</summary>
/// <remarks>Their weights are set by hand; a trained model replaces them without any other change.</remarks>
public static class StandardModels
{
    /// <summary>A mixed row: what is popular and new, what was begun before all, what was finished after all.</summary>
    public static LinearModel Home { get; } = new(
        "home-linear",
        "1",
        [
            new FeatureWeight(FeatureNames.TitlePlays, 1f),
            new FeatureWeight(FeatureNames.TitleWatch, 0.5f),
            new FeatureWeight(FeatureNames.TitleFreshness, 0.25f),
            new FeatureWeight(FeatureNames.InProgress, 4f),
            new FeatureWeight(FeatureNames.Finished, -4f),
        ]);

    /// <summary>What is played most of late; where plays are equal, the newest.</summary>
    public static LinearModel Trending { get; } = new(
        "trending-linear",
        "1",
        [
            new FeatureWeight(FeatureNames.TitlePlays, 1f),
            new FeatureWeight(FeatureNames.TitleFreshness, 0.001f),
        ]);

    /// <summary>What was watched last comes first.</summary>
    public static LinearModel ContinueWatching { get; } = new(
        "continue-linear",
        "1",
        [new FeatureWeight(FeatureNames.HoursSinceWatched, -1f, Missing: 1_000_000f)]);
}
