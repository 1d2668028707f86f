namespace StreamSense.Core.Metrics.Cubes;

/// <summary>By what the rows of a query can be ordered.</summary>
public enum CubeMetric : byte
{
    /// <summary><see cref="CubeMetrics.Attempts"/>.</summary>
    Attempts = 0,

    /// <summary><see cref="CubeMetrics.Plays"/>.</summary>
    Plays = 1,

    /// <summary><see cref="CubeMetrics.StartFailures"/>.</summary>
    StartFailures = 2,

    /// <summary><see cref="CubeMetrics.PlaybackFailures"/>.</summary>
    PlaybackFailures = 3,

    /// <summary><see cref="CubeMetrics.Stalls"/>.</summary>
    Stalls = 4,

    /// <summary><see cref="CubeMetrics.Watch"/>.</summary>
    Watch = 5,

    /// <summary><see cref="CubeMetrics.Play"/>.</summary>
    Play = 6,

    /// <summary><see cref="CubeMetrics.Stall"/>.</summary>
    Stall = 7,

    /// <summary><see cref="CubeMetrics.AverageWatchSeconds"/>.</summary>
    AverageWatchSeconds = 8,

    /// <summary><see cref="CubeMetrics.BufferingRatio"/>.</summary>
    BufferingRatio = 9,

    /// <summary><see cref="CubeMetrics.StalledViewsShare"/>.</summary>
    StalledViewsShare = 10,

    /// <summary><see cref="CubeMetrics.BounceRate"/>.</summary>
    BounceRate = 11,

    /// <summary><see cref="CubeMetrics.CompletionRate"/>.</summary>
    CompletionRate = 12,

    /// <summary><see cref="CubeMetrics.AverageBitrateKbps"/>.</summary>
    AverageBitrateKbps = 13,

    /// <summary>The median of <see cref="CubeMetrics.Startup"/>.</summary>
    StartupP50 = 14,

    /// <summary>The 95th percentile of <see cref="CubeMetrics.Startup"/>.</summary>
    StartupP95 = 15,

    /// <summary><see cref="CubeMetrics.ExitsBeforeStart"/>.</summary>
    ExitsBeforeStart = 16,

    /// <summary><see cref="CubeMetrics.ExitsInPreroll"/>.</summary>
    ExitsInPreroll = 17,

    /// <summary><see cref="CubeMetrics.StartDenials"/>.</summary>
    StartDenials = 18,

    /// <summary><see cref="CubeMetrics.EndedPlays"/>.</summary>
    EndedPlays = 19,

    /// <summary><see cref="CubeMetrics.Bounces"/>.</summary>
    Bounces = 20,

    /// <summary><see cref="CubeMetrics.CompletablePlays"/>.</summary>
    CompletablePlays = 21,

    /// <summary><see cref="CubeMetrics.Completions"/>.</summary>
    Completions = 22,

    /// <summary><see cref="CubeMetrics.StalledPlays"/>.</summary>
    StalledPlays = 23,

    /// <summary><see cref="CubeMetrics.BitrateSwitches"/>.</summary>
    BitrateSwitches = 24,

    /// <summary><see cref="CubeMetrics.Ad"/>.</summary>
    Ad = 25,

    /// <summary><see cref="CubeMetrics.BackgroundPlay"/>.</summary>
    BackgroundPlay = 26,

    /// <summary><see cref="CubeMetrics.ConnectionRebufferingRatio"/>.</summary>
    ConnectionRebufferingRatio = 27,

    /// <summary><see cref="CubeMetrics.RebufferFrequencyPerHour"/>.</summary>
    RebufferFrequencyPerHour = 28,
}
