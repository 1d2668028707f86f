namespace StreamSense.Ml;

/// <summary>The surfaces that a recommender has when the host names none.</summary>
public static class SurfaceNames
{
    /// <summary>A mixed row: trending titles and those to be continued.</summary>
    public const string Home = "home";

    /// <summary>Trending titles.</summary>
    public const string Trending = "trending";

    /// <summary>Titles that the viewer has begun and not finished.</summary>
    public const string ContinueWatching = "continue";
}
