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
        ShortestGap = Math.Min(Math.Min(MinimumGap, GapWithoutInterval), Silence);
        Lateness = Microseconds(options.AllowedLateness);
        MaxViews = options.MaxViews;
        History = Math.Min(Lateness, Microseconds(options.AmendmentWindow));
        MaxHistorySlots = options.MaxHistoryEvents;
        MaxEndedViews = options.MaxEndedViews;
        MaxRecentRequests = Math.Max(256, options.MaxViews / 4);
        MaxWatchedChunks = Math.Max(256, options.MaxViews / 4);
    }

    public long MinimumStall { get; }

    public long Silence { get; }

    public long PausedSilence { get; }

    public long UnmonitoredSilence { get; }

    public long GapWithoutInterval { get; }

    public long MinimumGap { get; }

    /// <summary>A time that is credited whole between two events of a playing view with heartbeats, whatever their interval.</summary>
    public long ShortestGap { get; }

    public long Lateness { get; }

    public int MaxViews { get; }

    /// <summary>For how long before its last event a view can be amended; 0 for not at all.</summary>
    public long History { get; }

    public int MaxHistorySlots { get; }

    public int MaxEndedViews { get; }

    /// <summary>How many requests are kept for views whose events come after them.</summary>
    public int MaxRecentRequests { get; }

    /// <summary>Room for jumps: one view in four may have had up to fifteen.</summary>
    public int MaxWatchedChunks { get; }

    private static long Microseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;
}
