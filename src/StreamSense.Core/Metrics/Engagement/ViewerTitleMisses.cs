namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Plays of known length that are in no pair of viewer and title, by why; mergeable.</summary>
internal struct ViewerTitleMisses
{
    /// <summary>The viewer is not known.</summary>
    public long WithoutViewer;

    /// <summary>What was watched is not known.</summary>
    public long WithoutRanges;

    /// <summary>The table was full.</summary>
    public long WithoutRoom;

    /// <summary>Adds others.</summary>
    public void Add(in ViewerTitleMisses other)
    {
        WithoutViewer += other.WithoutViewer;
        WithoutRanges += other.WithoutRanges;
        WithoutRoom += other.WithoutRoom;
    }
}
