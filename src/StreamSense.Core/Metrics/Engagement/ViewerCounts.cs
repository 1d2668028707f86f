namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Viewers of a title, and those who completed it over all their views.</summary>
internal struct ViewerCounts
{
    /// <summary>Pairs of viewer and title whose content is known.</summary>
    public long Viewers;

    /// <summary>Those of them that watched enough of the title.</summary>
    public long Completers;

    /// <summary>Adds others.</summary>
    public void Add(in ViewerCounts other)
    {
        Viewers += other.Viewers;
        Completers += other.Completers;
    }
}
