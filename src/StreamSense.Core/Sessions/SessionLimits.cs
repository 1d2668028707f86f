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
    }

    public long MinimumStall { get; }

    public long Silence { get; }

    public long PausedSilence { get; }

    public long UnmonitoredSilence { get; }

    public long GapWithoutInterval { get; }

    public long MinimumGap { get; }

    public long Lateness { get; }

    public int MaxViews { get; }

    private static long Microseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;
}
