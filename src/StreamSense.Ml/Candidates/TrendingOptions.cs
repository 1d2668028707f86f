namespace StreamSense.Ml.Candidates;

/// <summary>How <see cref="TrendingCandidates"/> keeps its list.</summary>
public sealed class TrendingOptions
{
    /// <summary>How fast plays fade.</summary>
    /// <value>Default 24 hours.</value>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many titles' plays are remembered; beyond it the one longest not played is forgotten.</summary>
    /// <value>Default 65,536 (about 3 MiB when full).</value>
    public int MaxTitles { get; set; } = 65_536;

    /// <summary>How many titles the list holds; titles not available to a request are passed over when it is read.</summary>
    /// <value>Default 1,000.</value>
    public int ListLength { get; set; } = 1_000;

    /// <summary>How much event time passes at least between two listings, as long as the catalogue stays the same.</summary>
    /// <value>Default 1 second.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(HalfLife, MaxTitles, ListLength, RefreshInterval);

    private static void Check(TimeSpan halfLife, int maxTitles, int listLength, TimeSpan refreshInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTitles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(listLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(listLength, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(refreshInterval, TimeSpan.Zero);
    }
}
