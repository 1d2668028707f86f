namespace StreamSense.Ml.Features;

/// <summary>The names of the features that the standard models weigh: the first of <see cref="StandardFeatures.Basic"/>.</summary>
/// <remarks>A set of one's own that declares them serves the standard surfaces too.</remarks>
public static class FeatureNames
{
    /// <summary>ln(1 + plays), plays fading with a half-life of a day.</summary>
    public const string TitlePlays = "title.plays";

    /// <summary>ln(1 + hours watched), hours fading with a half-life of a day.</summary>
    public const string TitleWatch = "title.watch";

    /// <summary>1 when published, half of it 30 days later, and so on; missing if the catalogue does not know when.</summary>
    public const string TitleFreshness = "title.freshness";

    /// <summary>Hours since the viewer last started a play; missing if there is none.</summary>
    public const string ViewerRecency = "viewer.recency";

    /// <summary>ln(1 + plays of the viewer), plays fading with a half-life of a day.</summary>
    public const string ViewerFrequency = "viewer.frequency";

    /// <summary>1 if the viewer has begun the title in the last months, for more than 30 s or a tenth of it, and never come to 90 %, else
    /// 0.</summary>
    public const string InProgress = "viewer_title.in_progress";

    /// <summary>Hours since the viewer last watched the title; missing if that is not remembered.</summary>
    public const string HoursSinceWatched = "viewer_title.hours_since_watched";

    /// <summary>1 if the viewer has ever watched 90 % of the title in a view, else 0.</summary>
    public const string Finished = "viewer_title.finished";
}
