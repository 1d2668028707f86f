namespace StreamSense.Ml.Features;

/// <summary>How much a <see cref="FeatureStore"/> remembers, and for how long.</summary>
public sealed class FeatureStoreOptions
{
    /// <summary>How fast plays and watch time fade.</summary>
    /// <value>Default 24 hours.</value>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many titles are remembered; beyond it the one longest not played is forgotten.</summary>
    /// <value>Default 65,536 (about 4 MiB).</value>
    public int MaxTitles { get; set; } = 65_536;

    /// <summary>How many viewers are remembered; beyond it the one longest not seen is forgotten.</summary>
    /// <value>Default 131,072 (about 75 MiB when full).</value>
    public int MaxViewers { get; set; } = 131_072;

    /// <summary>How many devices without a viewer are remembered, for a viewer who logs in; beyond it the one longest not seen is
    /// forgotten.</summary>
    /// <value>Default 32,768 (about 19 MiB when full).</value>
    public int MaxDevices { get; set; } = 32_768;

    /// <summary>The share of a title's duration from which on it counts as watched to the end.</summary>
    /// <value>Default 0.9.</value>
    public double FinishedShare { get; set; } = 0.9;

    /// <summary>How far a viewer must have got for a title to be one that is continued.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan MinimumProgress { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(HalfLife, MaxTitles, MaxViewers, MaxDevices, FinishedShare, MinimumProgress);

    private static void Check(
        TimeSpan halfLife, int maxTitles, int maxViewers, int maxDevices, double finishedShare, TimeSpan minimumProgress)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTitles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxViewers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDevices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumProgress, TimeSpan.Zero);
        if (!(finishedShare > 0 && finishedShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(finishedShare), finishedShare, "The share is above 0 and at most 1.");
        }
    }
}
