namespace StreamSense.Core.Metrics.Audience;

/// <summary>What a visit and a binge is, where days begin, and how much of the audience is remembered.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class AudienceOptions
{
    /// <summary>The longest silence within a visit.</summary>
    /// <value>30 minutes, as web analytics has it.</value>
    public TimeSpan VisitGap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many episodes of a series make a binge.</summary>
    /// <value>3.</value>
    public int BingeEpisodes { get; set; } = 3;

    /// <summary>What share of an episode must have been watched for it to count.</summary>
    /// <value>0.7.</value>
    public double BingeWatchedShare { get; set; } = 0.7;

    /// <summary>The longest time between two episodes of a binge.</summary>
    /// <value>30 minutes.</value>
    public TimeSpan BingeGap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How far the days, weeks and months of the report are ahead of UTC.</summary>
    /// <value>0: they are those of UTC.</value>
    public TimeSpan UtcOffset { get; set; }

    /// <summary>
    /// How many viewers, or devices without one, are remembered; beyond, a fair sample of them (<see cref="AudienceMetrics.SampleShare"/>).
    /// </summary>
    /// <value>131,072; each takes about 350 bytes.</value>
    public int MaxViewers { get; set; } = 131_072;

    /// <summary>How many pairs of a viewer and a series are remembered; beyond, a fair sample of them.</summary>
    /// <value>65,536; each takes about 450 bytes.</value>
    public int MaxSeriesViewers { get; set; } = 65_536;

    /// <summary>How many titles have an audience of their own; further ones share that of <c>other</c>.</summary>
    /// <value>10,000.</value>
    public int MaxTitles { get; set; } = 10_000;

    /// <summary>How many days are kept, the latest ones.</summary>
    /// <value>92.</value>
    public int MaxDays { get; set; } = 92;

    /// <summary>How many ISO weeks are kept, the latest ones.</summary>
    /// <value>54.</value>
    public int MaxWeeks { get; set; } = 54;

    /// <summary>How many months are kept, the latest ones.</summary>
    /// <value>25.</value>
    public int MaxMonths { get; set; } = 25;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(VisitGap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(BingeEpisodes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BingeWatchedShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BingeWatchedShare, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BingeGap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(UtcOffset, TimeSpan.FromHours(-24));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(UtcOffset, TimeSpan.FromHours(24));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxViewers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSeriesViewers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTitles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWeeks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMonths, 1);
    }
}
