namespace StreamSense.Core.Sessions;

/// <summary>The durations of <see cref="SessionOptions"/> in whole microseconds, as the state machine compares them.</summary>
internal sealed class SessionLimits
{
    public SessionLimits(SessionOptions options)
    {
        options.Validate();
        MinimumStall = Microseconds(options.MinimumStall);
        Silence = Microseconds(options.SilenceLimit);
        PausedSilence = Microseconds(options.PausedSilenceLimit);
        UnmonitoredSilence = Microseconds(options.UnmonitoredSilenceLimit);
        GapWithoutInterval = Microseconds(options.GapWithoutInterval);
        MinimumGap = Microseconds(options.MinimumGap);
        Lateness = Microseconds(options.AllowedLateness);
        MaxViews = options.MaxViews;
        MaxWatchedChunks = Math.Max(256, options.MaxViews / 4);
    }

    public long MinimumStall { get; }

    public long Silence { get; }

    public long PausedSilence { get; }

    public long UnmonitoredSilence { get; }

    public long GapWithoutInterval { get; }

    public long MinimumGap { get; }

    public long Lateness { get; }

    public int MaxViews { get; }

    /// <summary>Room for jumps: one view in four may have had up to fifteen.</summary>
    public int MaxWatchedChunks { get; }

    private static long Microseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;
}
