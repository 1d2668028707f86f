using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What a row of a cube says of its sessions.</summary>
/// <remarks>
/// Immutable. Counts and times are zero where nothing happened; a ratio, mean or quantile whose denominator is zero is null. Attempts
/// and plays are those that began in the row's windows, everything else is of the sessions that ended in them; ratios are therefore over
/// <see cref="EndedPlays"/>, where those of <see cref="QualityMetrics"/> are over plays.
/// </remarks>
public sealed record CubeMetrics
{
    /// <summary>Views requested, or first seen playing.</summary>
    public long Attempts { get; init; }

    /// <summary>Attempts that had a content frame, by the time of the frame.</summary>
    public long Plays { get; init; }

    /// <summary>Attempts that ended before a content frame without a fatal error and without an ad.</summary>
    public long ExitsBeforeStart { get; init; }

    /// <summary>Attempts that ended before a content frame after an ad had started.</summary>
    public long ExitsInPreroll { get; init; }

    /// <summary>Attempts that ended before a content frame by a fatal error that was not of business.</summary>
    public long StartFailures { get; init; }

    /// <summary>Attempts that ended before a content frame by a fatal error of business.</summary>
    public long StartDenials { get; init; }

    /// <summary>Plays that ended by a fatal error.</summary>
    public long PlaybackFailures { get; init; }

    /// <summary>Plays that ended.</summary>
    public long EndedPlays { get; init; }

    /// <summary>Ended plays that were left at once.</summary>
    public long Bounces { get; init; }

    /// <summary>Ended plays of titles of known length, live excluded.</summary>
    public long CompletablePlays { get; init; }

    /// <summary>Those of <see cref="CompletablePlays"/> that watched enough of it.</summary>
    public long Completions { get; init; }

    /// <summary>Bufferings that were stalls.</summary>
    public long Stalls { get; init; }

    /// <summary>Ended plays that had a stall.</summary>
    public long StalledPlays { get; init; }

    /// <summary>Changes of the video bitrate while playing.</summary>
    public long BitrateSwitches { get; init; }

    /// <summary>Time starting, playing, rebuffering and seeking, of all attempts that ended.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>Time playing.</summary>
    public TimeSpan Play { get; init; }

    /// <summary>Time rebuffering.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>Time in ads.</summary>
    public TimeSpan Ad { get; init; }

    /// <summary>The part of <see cref="Play"/> in the background.</summary>
    public TimeSpan BackgroundPlay { get; init; }

    /// <summary>Watch time of ended plays per ended play.</summary>
    public double? AverageWatchSeconds { get; init; }

    /// <summary>Stall time per watch time, of ended plays.</summary>
    public double? BufferingRatio { get; init; }

    /// <summary>Stall time per play and stall time.</summary>
    public double? ConnectionRebufferingRatio { get; init; }

    /// <summary>Stalls per hour of play time.</summary>
    public double? RebufferFrequencyPerHour { get; init; }

    /// <summary>The share of ended plays that had a stall.</summary>
    public double? StalledViewsShare { get; init; }

    /// <summary>The mean bitrate over media time at known bitrate.</summary>
    public double? AverageBitrateKbps { get; init; }

    /// <summary>The share of ended plays that were left at once.</summary>
    public double? BounceRate { get; init; }

    /// <summary>Completions per completable play.</summary>
    public double? CompletionRate { get; init; }

    /// <summary>From the request to the first frame of ad or content.</summary>
    public StartupQuantiles Startup { get; init; }

    /// <summary>The value of a metric as a number: counts as they are, times in seconds.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public double? ValueOf(CubeMetric metric) => metric switch
    {
        CubeMetric.Attempts => Attempts,
        CubeMetric.Plays => Plays,
        CubeMetric.StartFailures => StartFailures,
        CubeMetric.PlaybackFailures => PlaybackFailures,
        CubeMetric.Stalls => Stalls,
        CubeMetric.Watch => Watch.TotalSeconds,
        CubeMetric.Play => Play.TotalSeconds,
        CubeMetric.Stall => Stall.TotalSeconds,
        CubeMetric.AverageWatchSeconds => AverageWatchSeconds,
        CubeMetric.BufferingRatio => BufferingRatio,
        CubeMetric.StalledViewsShare => StalledViewsShare,
        CubeMetric.BounceRate => BounceRate,
        CubeMetric.CompletionRate => CompletionRate,
        CubeMetric.AverageBitrateKbps => AverageBitrateKbps,
        CubeMetric.StartupP50 => Startup.P50?.TotalSeconds,
        CubeMetric.StartupP95 => Startup.P95?.TotalSeconds,
        CubeMetric.ExitsBeforeStart => ExitsBeforeStart,
        CubeMetric.ExitsInPreroll => ExitsInPreroll,
        CubeMetric.StartDenials => StartDenials,
        CubeMetric.EndedPlays => EndedPlays,
        CubeMetric.Bounces => Bounces,
        CubeMetric.CompletablePlays => CompletablePlays,
        CubeMetric.Completions => Completions,
        CubeMetric.StalledPlays => StalledPlays,
        CubeMetric.BitrateSwitches => BitrateSwitches,
        CubeMetric.Ad => Ad.TotalSeconds,
        CubeMetric.BackgroundPlay => BackgroundPlay.TotalSeconds,
        CubeMetric.ConnectionRebufferingRatio => ConnectionRebufferingRatio,
        CubeMetric.RebufferFrequencyPerHour => RebufferFrequencyPerHour,
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>Whether a metric needs the sketch of startup times.</summary>
    internal static bool IsOfStartup(CubeMetric metric) => metric is CubeMetric.StartupP50 or CubeMetric.StartupP95;

    internal static CubeMetrics Of(in CubeSums sums, QuantileSketch startup)
    {
        return new CubeMetrics
        {
            Attempts = sums.Attempts,
            Plays = sums.Plays,
            ExitsBeforeStart = sums.ExitsBeforeStart,
            ExitsInPreroll = sums.ExitsInPreroll,
            StartFailures = sums.StartFailures,
            StartDenials = sums.StartDenials,
            PlaybackFailures = sums.PlaybackFailures,
            EndedPlays = sums.EndedPlays,
            Bounces = sums.Bounces,
            CompletablePlays = sums.CompletablePlays,
            Completions = sums.Completions,
            Stalls = sums.Stalls,
            StalledPlays = sums.StalledPlays,
            BitrateSwitches = sums.BitrateSwitches,
            Watch = TimeSpan.FromMicroseconds(sums.Watch),
            Play = TimeSpan.FromMicroseconds(sums.Playing),
            Stall = TimeSpan.FromMicroseconds(sums.Rebuffering),
            Ad = TimeSpan.FromMicroseconds(sums.Ad),
            BackgroundPlay = TimeSpan.FromMicroseconds(sums.BackgroundPlaying),
            AverageWatchSeconds = Ratio.Of(sums.WatchOfPlays, (double)((Int128)sums.EndedPlays * 1_000_000)),
            BufferingRatio = Ratio.Of(sums.Rebuffering, sums.WatchOfPlays),
            ConnectionRebufferingRatio = Ratio.Of(sums.Rebuffering, sums.Playing + sums.Rebuffering),
            RebufferFrequencyPerHour = Ratio.Of((double)(sums.Stalls * (Int128)3_600_000_000L), sums.Playing),
            StalledViewsShare = Ratio.Of(sums.StalledPlays, sums.EndedPlays),
            AverageBitrateKbps = Ratio.Of((double)sums.BitrateTime, (double)sums.MediaTime),
            BounceRate = Ratio.Of(sums.Bounces, sums.EndedPlays),
            CompletionRate = Ratio.Of(sums.Completions, sums.CompletablePlays),
            Startup = StartupQuantiles.Of(startup),
        };
    }
}
