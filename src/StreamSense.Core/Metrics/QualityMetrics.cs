namespace StreamSense.Core.Metrics;

/// <summary>What is said about quality and audience of a set of views; the definitions are those of the event schema.</summary>
/// <remarks>
/// Immutable. Counts and times are zero where nothing happened; a ratio, mean or quantile whose denominator is zero is
/// null.
/// </remarks>
public sealed record QualityMetrics
{
    /// <summary>Views requested, or first seen playing.</summary>
    public long Attempts { get; init; }

    /// <summary>Attempts that had a content frame.</summary>
    public long Plays { get; init; }

    /// <summary>Open attempts without a content frame yet.</summary>
    public long StillStarting { get; init; }

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

    /// <summary>Time starting, playing, rebuffering and seeking, of all attempts.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>Time playing.</summary>
    public TimeSpan Play { get; init; }

    /// <summary>Time rebuffering.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>Time in ads.</summary>
    public TimeSpan Ad { get; init; }

    /// <summary>The part of <see cref="Play"/> in the background.</summary>
    public TimeSpan BackgroundPlay { get; init; }

    /// <summary>Watch time of plays per play.</summary>
    public double? AverageWatchSeconds { get; init; }

    /// <summary>Stall time per watch time, of plays.</summary>
    public double? BufferingRatio { get; init; }

    /// <summary>Stall time per play and stall time.</summary>
    public double? ConnectionRebufferingRatio { get; init; }

    /// <summary>Stalls per hour of play time.</summary>
    public double? RebufferFrequencyPerHour { get; init; }

    /// <summary>The share of plays that had a stall.</summary>
    public double? StalledViewsShare { get; init; }

    /// <summary>Bufferings that were stalls.</summary>
    public long Stalls { get; init; }

    /// <summary>From the request to the first frame of ad or content.</summary>
    public StartupQuantiles Startup { get; init; }

    /// <summary>From the request to the first content frame, ads apart.</summary>
    public StartupQuantiles ContentStartup { get; init; }

    /// <summary>The mean bitrate over media time at known bitrate.</summary>
    public double? AverageBitrateKbps { get; init; }

    /// <summary>Changes of the video bitrate while playing.</summary>
    public long BitrateSwitches { get; init; }

    /// <summary>The most plays that were open at once.</summary>
    public long PeakConcurrentPlays { get; init; }

    /// <summary>The share of ended plays that were left at once: short of 30 s and of a tenth of the title, and not completed.</summary>
    public double? BounceRate { get; init; }

    /// <summary>The share of ended plays of titles of known length, live excluded, that watched nine tenths of it or more.</summary>
    public double? CompletionRate { get; init; }

    internal static QualityMetrics Of(MetricCell? cell, long peak)
    {
        if (cell is null)
        {
            return new QualityMetrics { PeakConcurrentPlays = peak };
        }

        ref QualitySums sums = ref cell.Sums;
        return new QualityMetrics
        {
            Attempts = sums[QualityCount.Attempts],
            Plays = sums[QualityCount.Plays],
            StillStarting = sums[QualityCount.StillStarting],
            ExitsBeforeStart = sums[QualityCount.ExitsBeforeStart],
            ExitsInPreroll = sums[QualityCount.ExitsInPreroll],
            StartFailures = sums[QualityCount.StartFailures],
            StartDenials = sums[QualityCount.StartDenials],
            PlaybackFailures = sums[QualityCount.PlaybackFailures],
            Watch = TimeSpan.FromMicroseconds(sums.Watch),
            Play = TimeSpan.FromMicroseconds(sums.Playing),
            Stall = TimeSpan.FromMicroseconds(sums.Rebuffering),
            Ad = TimeSpan.FromMicroseconds(sums.Ad),
            BackgroundPlay = TimeSpan.FromMicroseconds(sums.BackgroundPlaying),
            AverageWatchSeconds = Ratio.Of(sums.WatchOfPlays, (double)((Int128)sums[QualityCount.Plays] * 1_000_000)),
            BufferingRatio = Ratio.Of(sums.Rebuffering, sums.WatchOfPlays),
            ConnectionRebufferingRatio = Ratio.Of(sums.Rebuffering, sums.Playing + sums.Rebuffering),
            RebufferFrequencyPerHour = Ratio.Of((double)(sums[QualityCount.Stalls] * (Int128)3_600_000_000L), sums.Playing),
            StalledViewsShare = Ratio.Of(sums[QualityCount.StalledPlays], sums[QualityCount.Plays]),
            Stalls = sums[QualityCount.Stalls],
            Startup = StartupQuantiles.Of(cell.Startup),
            ContentStartup = StartupQuantiles.Of(cell.ContentStartup),
            AverageBitrateKbps = Ratio.Of((double)sums.BitrateTime, (double)sums.MediaTime),
            BitrateSwitches = sums[QualityCount.BitrateSwitches],
            PeakConcurrentPlays = peak,
            BounceRate = Ratio.Of(sums[QualityCount.Bounces], sums[QualityCount.EndedPlays]),
            CompletionRate = Ratio.Of(sums[QualityCount.Completions], sums[QualityCount.CompletablePlays]),
        };
    }
}
