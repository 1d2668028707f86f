namespace StreamSense.Core.Metrics.Profiles;

/// <summary>What a metric is about, whoever defines it and however it is called: what makes two definitions comparable.</summary>
/// <remarks>The unit of a concept is that of all its formulas; shares are from 0 to 1, even where a product shows per cent.</remarks>
public enum MetricConcept
{
    /// <summary>Views that were begun.</summary>
    Attempts,

    /// <summary>Views that showed something.</summary>
    Plays,

    /// <summary>The share of time that was rebuffering.</summary>
    StalledTimeShare,

    /// <summary>The share of playing and rebuffering that was rebuffering for the connection's sake.</summary>
    ConnectionStalledTimeShare,

    /// <summary>The share of time that was waiting of any kind.</summary>
    WaitTimeShare,

    /// <summary>The share of time that was waiting for the start.</summary>
    JoinTimeShare,

    /// <summary>The share of time that was seeking.</summary>
    SeekTimeShare,

    /// <summary>Stalls an hour.</summary>
    StallsPerHour,

    /// <summary>Stalls a view.</summary>
    StallsPerView,

    /// <summary>The share of views that had a stall.</summary>
    StalledViewsShare,

    /// <summary>The share of views that had none.</summary>
    StallFreeViewsShare,

    /// <summary>The mean time to the first frame, in milliseconds.</summary>
    AverageStartupMs,

    /// <summary>The mean time to the first content frame, in milliseconds.</summary>
    AverageContentStartupMs,

    /// <summary>The share of views with a fatal error.</summary>
    FailedViewsShare,

    /// <summary>The share of views that a fatal error kept from starting.</summary>
    StartFailuresShare,

    /// <summary>The share of views that were refused on purpose.</summary>
    StartDenialsShare,

    /// <summary>The share of views that a fatal error ended after they had started.</summary>
    PlaybackFailuresShare,

    /// <summary>The share of views that were left before they started.</summary>
    ExitsBeforeStartShare,

    /// <summary>The share of views that came to the end of the content.</summary>
    EndedShare,

    /// <summary>The mean bitrate in kbps.</summary>
    AverageBitrateKbps,

    /// <summary>The mean time in which a viewer wanted to watch, in seconds a view.</summary>
    AverageWatchSeconds,

    /// <summary>The mean time playing, in seconds a view.</summary>
    AveragePlaySeconds,

    /// <summary>The mean score for a fast start, 0 to 100.</summary>
    StartupScore,

    /// <summary>The mean score for smooth playback, 0 to 100.</summary>
    SmoothnessScore,

    /// <summary>The mean score for playback that succeeded, 0 to 100.</summary>
    PlaybackSuccessScore,

    /// <summary>The mean time that a seek takes, buffering after it included, in milliseconds.</summary>
    AverageSeekMs,
}
