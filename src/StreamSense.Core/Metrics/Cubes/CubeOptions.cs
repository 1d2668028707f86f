namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What a cube of one shard keeps, and for how long.</summary>
/// <remarks>
/// <para>Read once, when the cube is made. A cell takes 296 bytes and, where sessions with a startup time ended in it, a sketch of
/// about 200 bytes (8 further bytes for each bucket of 1.6 % width that is used; a busy cell reaches some 3 KB). With the defaults a
/// level takes at most about 33 MB and a cube 130 MB, a snapshot that is held apart; a service with 500 titles, 30 countries, 5 CDNs and 8
/// kinds of device that are all active in every window reaches the bound after 120 windows of a level, and then keeps fewer windows.</para>
/// </remarks>
public sealed class CubeOptions
{
    /// <summary>By what to group; the whole is always kept.</summary>
    /// <value>Title, country, CDN and kind of device, each by itself.</value>
    public IList<CubeGrouping> Groupings { get; set; } =
    [
        new CubeGrouping(CubeDimension.Title),
        new CubeGrouping(CubeDimension.Country),
        new CubeGrouping(CubeDimension.Cdn),
        new CubeGrouping(CubeDimension.DeviceKind),
    ];

    /// <summary>For how long windows of ten seconds are kept, by the latest session; zero keeps none.</summary>
    /// <value>1 hour.</value>
    public TimeSpan TenSecondRetention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For how long windows of a minute are kept; zero keeps none.</summary>
    /// <value>24 hours.</value>
    public TimeSpan MinuteRetention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>For how long windows of an hour are kept; zero keeps none.</summary>
    /// <value>30 days.</value>
    public TimeSpan HourRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>For how long windows of a day are kept; zero keeps none.</summary>
    /// <value>400 days.</value>
    public TimeSpan DayRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How many cells a level may have; for more, its oldest windows go early, which is counted.</summary>
    /// <value>65,536.</value>
    public int MaxCellsPerLevel { get; set; } = 65_536;

    /// <summary>Of how many viewers and households the plan is kept; the one longest not heard of goes for a new one.</summary>
    /// <value>131,072.</value>
    public int MaxPlans { get; set; } = 131_072;

    /// <summary>
    /// Of how many sessions it is remembered what catalogue, plans and segments said of them, so that a correction is taken back from
    /// the cells that it was added to.
    /// </summary>
    /// <value>65,536.</value>
    public int MaxRememberedSessions { get; set; } = 65_536;

    /// <summary>What is a bounce, and what is a completion.</summary>
    /// <value>The schema's: 30 s or a tenth, and nine tenths.</value>
    public EngagementThresholds Thresholds { get; set; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Groupings);
        ArgumentNullException.ThrowIfNull(Thresholds);
        Thresholds.Validate();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Groupings.Count, 32, nameof(Groupings));
        foreach (CubeGrouping grouping in Groupings)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(grouping.MaxValues, 1, nameof(Groupings));
        }

        for (int level = 0; level < CubeLevels.Count; level++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(WindowsKept((CubeLevel)level), nameof(level));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(WindowsKept((CubeLevel)level), 1_000_000, nameof(level));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCellsPerLevel, 1_024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPlans, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRememberedSessions, 1);
    }

    internal long WindowsKept(CubeLevel level)
    {
        TimeSpan retention = level switch
        {
            CubeLevel.TenSeconds => TenSecondRetention,
            CubeLevel.Minute => MinuteRetention,
            CubeLevel.Hour => HourRetention,
            _ => DayRetention,
        };
        long length = CubeLevels.WindowsOf(level).Length.Ticks;
        return retention.Ticks < 0 ? -1 : (retention.Ticks / length) + (retention.Ticks % length > 0 ? 1 : 0);
    }
}
