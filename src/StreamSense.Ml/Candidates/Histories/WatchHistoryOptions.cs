namespace StreamSense.Ml.Candidates.Histories;

/// <summary>How much a <see cref="WatchHistory"/> remembers, and what it calls finished.</summary>
public sealed class WatchHistoryOptions
{
    /// <summary>How many viewers are remembered; beyond it the one longest not seen is forgotten.</summary>
    /// <value>Default 131,072 (about 70 MiB when full; memory is taken as viewers come).</value>
    public int MaxViewers { get; set; } = 131_072;

    /// <summary>How many devices without a viewer are remembered, for a viewer who logs in; beyond it the one longest not seen is
    /// forgotten.</summary>
    /// <value>Default 32,768 (about 18 MiB when full).</value>
    public int MaxDevices { get; set; } = 32_768;

    /// <summary>The share of a title's duration from which on it counts as watched to the end.</summary>
    /// <value>Default 0.9.</value>
    public double FinishedShare { get; set; } = 0.9;

    /// <summary>How far a viewer must have got for a title to be one that is continued.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan MinimumProgress { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxViewers, 1, nameof(MaxViewers));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDevices, 1, nameof(MaxDevices));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumProgress, TimeSpan.Zero, nameof(MinimumProgress));
        if (!(FinishedShare > 0 && FinishedShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(FinishedShare), FinishedShare, "The share is above 0 and at most 1.");
        }
    }
}
