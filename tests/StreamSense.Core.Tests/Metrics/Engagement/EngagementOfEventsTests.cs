using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class EngagementOfEventsTests
{
    private const string Film = """{"kind":"title","time":"2026-01-01T00:00:00Z","title":"t","durationMs":100000,"edit":"first"}""";
    private const string Recut = """{"kind":"title","time":"2026-01-01T12:10:00Z","title":"t","durationMs":80000,"edit":"second"}""";

    [Fact]
    public void Engagement_OfAViewThatSkips_CountsWhatItPlayed()
    {
        (EngagementMetrics engagement, RetentionMetrics retention) = Measure([Film, .. Skipping().Lines]);
        EngagementFigures figures = engagement.Titles.Single().Figures;
        TitleRetention title = retention.Titles.Single();

        Assert.Equal(("t", "t"), (engagement.Titles.Single().Title, title.Title));
        Assert.Equal(TimeSpan.FromSeconds(40), figures.DistinctContent);
        Assert.Equal(0.4, figures.AverageViewedShare);
        Assert.Equal((1, 0), (figures.ReachedEnd, figures.Completers));
        Assert.Equal(0.2, figures.AverageReachBeforeSeekShare);
        Assert.Equal([1d, 0d, 1d], new[] { 10, 50, 90 }.Select(bucket => title.Curve.Unique(bucket)!.Value));
        Assert.Equal((1, 1), (title.Curve.Started[0], title.Curve.Stopped[99]));
    }

    [Fact]
    public void Engagement_OfAViewThatReplays_CountsItOnceButForAbsoluteRetention()
    {
        Script script = new Script().Request(0, "'viewer':'anna'").At(0, "playback_start", "'playheadMs':0")
            .At(30, "seek_start", "'playheadMs':30000").At(30, "seek_end", "'playheadMs':10000").End(50);
        (EngagementMetrics engagement, RetentionMetrics retention) = Measure([Film, .. script.Lines]);

        Assert.Equal(TimeSpan.FromSeconds(50), engagement.Totals.Play);
        Assert.Equal(TimeSpan.FromSeconds(30), engagement.Totals.DistinctContent);
        Assert.Equal(2, retention.Titles.Single().Curve.Absolute(20));
        Assert.Equal(1, retention.Titles.Single().Curve.Unique(20));
    }

    [Fact]
    public void ViewerCompletion_OfTwoHalves_IsCompleteThoughNoViewIs()
    {
        Script script = new Script()
            .Request(0, "'viewer':'anna'").At(0, "playback_start", "'playheadMs':0").At(50, "playback_end", "'reason':'quit'")
            .Request(100, "'viewer':'anna'", view: "w").At(100, "playback_start", "'playheadMs':50000", "w")
            .At(150, "playback_end", "'reason':'completed'", "w")
            .Request(200, view: "x").At(200, "playback_start", "'playheadMs':0", "x").End(230, view: "x");
        EngagementMetrics metrics = Measure([Film, .. script.Lines]).Engagement;

        Assert.Equal(0, metrics.Totals.Completers);
        Assert.Equal((1, 1d), (metrics.Totals.ViewerTitles, metrics.Totals.ViewerCompletionRate));
        Assert.Equal(1, metrics.PlaysWithoutViewer);
    }

    [Fact]
    public void Retention_OfATitleThatWasCutAgain_IsKeptByEdit()
    {
        Script script = new Script()
            .Request(0).At(0, "playback_start", "'playheadMs':0").End(100, "completed")
            .Request(900, view: "w").At(900, "playback_start", "'playheadMs':0", "w").End(940, view: "w");
        TitleRetention title = Measure([Film, Recut, .. script.Lines]).Retention.Titles.Single();

        Assert.Equal(["first", "second"], title.Edits.Select(edit => edit.Edit));
        Assert.Equal([100, 80], title.Edits.Select(edit => edit.Curve.Length.TotalSeconds));
        RetentionComparison comparison = title.Compare("first", "second")!;
        Assert.Equal(80, comparison.Points.Count);
        Assert.Equal([0d, -1d], new[] { 38, 41 }.Select(bucket => comparison.Points[bucket].Difference.Value!.Value));
        Assert.All(comparison.Points, point => Assert.True(point.Difference.Interval!.Value.Contains(point.Difference.Value!.Value)));
    }

    private static Script Skipping() => new Script().Request(0, "'viewer':'anna'").At(0, "playback_start", "'playheadMs':0")
        .At(20, "seek_start", "'playheadMs':20000").At(20, "seek_end", "'playheadMs':80000").End(40);

    private static (EngagementMetrics Engagement, RetentionMetrics Retention) Measure(IEnumerable<string> lines)
    {
        MetricsSnapshot snapshot = EngineMeasure.Run(lines).Snapshot;
        return (snapshot.Engagement, snapshot.Retention);
    }
}
