namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>Ended plays of known length that are in no curve, by why; mergeable.</summary>
internal struct RetentionMisses
{
    /// <summary>No curve was left for their title.</summary>
    public long WithoutRoom;

    /// <summary>What they played is not known.</summary>
    public long WithoutRanges;

    /// <summary>Adds others.</summary>
    public void Add(in RetentionMisses other)
    {
        WithoutRoom += other.WithoutRoom;
        WithoutRanges += other.WithoutRanges;
    }
}
