using System.Text.Json;
using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Tool.Terminal;

/// <summary>A metric as a column of a table.</summary>
/// <param name="Name">Its name, as in JSON; of startup times that of the quantile.</param>
/// <param name="Title">The head of the column.</param>
/// <param name="Metric">By what rows are ordered by it.</param>
/// <param name="Text">A cell, of an object of metrics.</param>
internal sealed record MetricColumn(string Name, string Title, CubeMetric Metric, Func<JsonElement, string> Text)
{
    /// <summary>Every metric of a cube.</summary>
    public static IReadOnlyList<MetricColumn> All { get; } =
    [
        Of("attempts", "attempts", CubeMetric.Attempts, Figures.Count),
        Of("plays", "plays", CubeMetric.Plays, Figures.Count),
        Of("exitsBeforeStart", "exits", CubeMetric.ExitsBeforeStart, Figures.Count),
        Of("exitsInPreroll", "preroll exits", CubeMetric.ExitsInPreroll, Figures.Count),
        Of("startFailures", "start fails", CubeMetric.StartFailures, Figures.Count),
        Of("startDenials", "denials", CubeMetric.StartDenials, Figures.Count),
        Of("playbackFailures", "play fails", CubeMetric.PlaybackFailures, Figures.Count),
        Of("endedPlays", "ended", CubeMetric.EndedPlays, Figures.Count),
        Of("bounces", "bounces", CubeMetric.Bounces, Figures.Count),
        Of("completablePlays", "completable", CubeMetric.CompletablePlays, Figures.Count),
        Of("completions", "completions", CubeMetric.Completions, Figures.Count),
        Of("stalls", "stalls", CubeMetric.Stalls, Figures.Count),
        Of("stalledPlays", "stalled plays", CubeMetric.StalledPlays, Figures.Count),
        Of("bitrateSwitches", "switches", CubeMetric.BitrateSwitches, Figures.Count),
        Of("watchSeconds", "watch", CubeMetric.Watch, Figures.Seconds),
        Of("playSeconds", "play", CubeMetric.Play, Figures.Seconds),
        Of("stallSeconds", "stall", CubeMetric.Stall, Figures.Seconds),
        Of("adSeconds", "ad", CubeMetric.Ad, Figures.Seconds),
        Of("backgroundPlaySeconds", "background", CubeMetric.BackgroundPlay, Figures.Seconds),
        Of("averageWatchSeconds", "avg watch", CubeMetric.AverageWatchSeconds, Figures.Seconds),
        Of("bufferingRatio", "buffering", CubeMetric.BufferingRatio, Figures.Percent),
        Of("connectionRebufferingRatio", "rebuffering", CubeMetric.ConnectionRebufferingRatio, Figures.Percent),
        Of("rebufferFrequencyPerHour", "stalls/h", CubeMetric.RebufferFrequencyPerHour, Figures.Number),
        Of("stalledViewsShare", "stalled", CubeMetric.StalledViewsShare, Figures.Percent),
        Of("averageBitrateKbps", "kbps", CubeMetric.AverageBitrateKbps, Figures.Count),
        Of("bounceRate", "bounce", CubeMetric.BounceRate, Figures.Percent),
        Of("completionRate", "completion", CubeMetric.CompletionRate, Figures.Percent),
        OfStartup("startupP50Ms", "start p50", CubeMetric.StartupP50, "p50"),
        OfStartup("startupP95Ms", "start p95", CubeMetric.StartupP95, "p95"),
    ];

    /// <summary>Those that a table has unless others are asked for.</summary>
    public static IReadOnlyList<MetricColumn> Usual { get; } =
    [
        Named("plays"), Named("watchSeconds"), Named("bufferingRatio"), Named("stalls"), Named("startupP50Ms"), Named("averageBitrateKbps"),
    ];

    /// <summary>The metric of a name.</summary>
    public static MetricColumn Named(string name) => All.First(column => string.Equals(column.Name, name, StringComparison.Ordinal));

    private static MetricColumn Of(string name, string title, CubeMetric metric, Func<double?, string> text) =>
        new(name, title, metric, metrics => text(Figures.Value(metrics, name)));

    private static MetricColumn OfStartup(string name, string title, CubeMetric metric, string quantile) =>
        new(name, title, metric, metrics => Figures.Milliseconds(Figures.Value(metrics.GetProperty("startupMs"), quantile)));
}
