namespace StreamSense.Ml.Features;

/// <summary>The names of the features that a <see cref="FeatureVector"/> fills.</summary>
public static class FeatureNames
{
    /// <summary>ln(1 + plays), plays fading with the store's half-life.</summary>
    public const string TitlePlays = "title.plays";

    /// <summary>ln(1 + hours watched), hours fading with the store's half-life.</summary>
    public const string TitleWatch = "title.watch";

    /// <summary>1 when published, half of it 30 days later, and so on; missing if the catalogue does not know when.</summary>
    public const string TitleFreshness = "title.freshness";

    /// <summary>Hours since the viewer last started a play; missing for a viewer not remembered.</summary>
    public const string ViewerRecency = "viewer.recency";

    /// <summary>ln(1 + plays of the viewer), plays fading with the store's half-life; missing for a viewer not remembered.</summary>
    public const string ViewerFrequency = "viewer.frequency";

    /// <summary>1 if the viewer has begun the title and not finished it, else 0; missing for a viewer not remembered.</summary>
    public const string InProgress = "viewer_title.in_progress";

    /// <summary>Hours since the viewer last watched the title; missing if it is not among the viewer's recent titles.</summary>
    public const string HoursSinceWatched = "viewer_title.hours_since_watched";

    /// <summary>1 if the viewer has ever finished the title, else 0; missing for a viewer not remembered.</summary>
    public const string Finished = "viewer_title.finished";
}
