namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What a viewer watched of a title: a sum of ranges, kept as the places where the number of plays over them changes.</summary>
/// <remarks>Unlike a merged union such a sum can be taken back: a range adds 1 where it begins and takes 1 where it ends.</remarks>
internal struct ViewerTitleRow
{
    /// <summary>Plays of known length.</summary>
    public long Plays;

    /// <summary>The lengths of the title that they saw.</summary>
    public long Durations;

    /// <summary>The first border in the pool, or -1.</summary>
    public int FirstBorder;

    /// <summary>How many borders there are.</summary>
    public int Borders;

    /// <summary>Whether the borders were too many: what was watched is no longer known.</summary>
    public bool IsLost;
}
