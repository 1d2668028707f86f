using StreamSense.Core.Metrics.Comparison;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Compares two rows of a cube: two groups in the same windows, or one group in two spans of time.</summary>
/// <remarks>
/// Thread-safe. Everything is over sessions that ended in the rows' windows. Sessions are taken as independent: many of one viewer make
/// intervals a little too narrow, and rows that share sessions (two genres, say) must not be compared.
/// </remarks>
public static class CubeComparison
{
    private const double MicrosecondsInASecond = 1_000_000;
    private const double MicrosecondsInAMillisecond = 1_000;

    /// <summary>Compares the metrics that have an interval.</summary>
    /// <param name="left">The first row, such as before a change.</param>
    /// <param name="right">The second row, such as after it.</param>
    /// <param name="confidence">How sure the intervals are, between 0 and 1.</param>
    /// <returns>
    /// <c>startFailureShare</c>, <c>playbackFailureShare</c>, <c>stalledViewsShare</c>, <c>bounceRate</c>, <c>completionRate</c>,
    /// <c>averageWatchSeconds</c>, <c>bufferingRatio</c>, <c>startupP50Ms</c> and <c>startupP95Ms</c>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static IReadOnlyList<MetricComparison> Compare(CubeRow left, CubeRow right, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return
        [
            OfShares("startFailureShare", StartFailures(left), StartFailures(right), confidence),
            OfShares("playbackFailureShare", PlaybackFailures(left), PlaybackFailures(right), confidence),
            OfShares("stalledViewsShare", Stalled(left), Stalled(right), confidence),
            OfShares("bounceRate", Bounces(left), Bounces(right), confidence),
            OfShares("completionRate", Completions(left), Completions(right), confidence),
            OfWatch(Watch(left), Watch(right), confidence),
            OfBuffering(Buffering(left), Buffering(right), confidence),
            OfStartup("startupP50Ms", left, right, 0.5, confidence),
            OfStartup("startupP95Ms", left, right, 0.95, confidence),
        ];
    }

    private static MetricComparison OfShares(string name, Proportion left, Proportion right, double confidence) => new(
        name,
        ComparisonMethod.Proportion,
        left.Estimate(confidence),
        right.Estimate(confidence),
        left.DifferenceTo(right, confidence),
        left.Trials,
        right.Trials);

    private static MetricComparison OfWatch(in MeanSums left, in MeanSums right, double confidence) => new(
        "averageWatchSeconds",
        ComparisonMethod.Mean,
        In(left.Estimate(confidence), MicrosecondsInASecond),
        In(right.Estimate(confidence), MicrosecondsInASecond),
        In(left.DifferenceTo(right, confidence), MicrosecondsInASecond),
        left.Count,
        right.Count);

    private static MetricComparison OfBuffering(in RatioSums left, in RatioSums right, double confidence) => new(
        "bufferingRatio",
        ComparisonMethod.Ratio,
        left.Estimate(confidence),
        right.Estimate(confidence),
        left.DifferenceTo(right, confidence),
        left.Count,
        right.Count);

    private static MetricComparison OfStartup(string name, CubeRow left, CubeRow right, double quantile, double confidence) => new(
        name,
        ComparisonMethod.Quantile,
        In(QuantileInterval.Of(left.Startup, quantile, confidence), MicrosecondsInAMillisecond),
        In(QuantileInterval.Of(right.Startup, quantile, confidence), MicrosecondsInAMillisecond),
        In(QuantileInterval.Difference(left.Startup, right.Startup, quantile, confidence), MicrosecondsInAMillisecond),
        left.Startup.Count,
        right.Startup.Count);

    private static Estimate In(in Estimate estimate, double unit) => new(
        estimate.Value / unit,
        estimate.Interval is { } interval ? new ConfidenceInterval(interval.Lower / unit, interval.Upper / unit) : null);

    private static Proportion StartFailures(CubeRow row)
    {
        CubeMetrics m = row.Metrics;
        return new Proportion(
            m.StartFailures, m.EndedPlays + m.StartFailures + m.StartDenials + m.ExitsBeforeStart + m.ExitsInPreroll);
    }

    private static Proportion PlaybackFailures(CubeRow row) => new(row.Metrics.PlaybackFailures, row.Metrics.EndedPlays);

    private static Proportion Stalled(CubeRow row) => new(row.Metrics.StalledPlays, row.Metrics.EndedPlays);

    private static Proportion Bounces(CubeRow row) => new(row.Metrics.Bounces, row.Metrics.EndedPlays);

    private static Proportion Completions(CubeRow row) => new(row.Metrics.Completions, row.Metrics.CompletablePlays);

    private static MeanSums Watch(CubeRow row) => new(row.Sums.EndedPlays, row.Sums.WatchOfPlays, row.Sums.WatchSquares);

    private static RatioSums Buffering(CubeRow row)
    {
        ref readonly CubeSums sums = ref row.Sums;
        return new RatioSums(
            sums.EndedPlays, sums.Rebuffering, sums.WatchOfPlays, sums.StallSquares, sums.WatchSquares, sums.StallWatch);
    }
}
