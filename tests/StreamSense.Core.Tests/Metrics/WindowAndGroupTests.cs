using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class WindowAndGroupTests
{
    [Fact]
    public void Windows_SecondsWhereTheyElapse_CountsWhereTheyHappen()
    {
        IReadOnlyList<WindowMetrics> windows = new Script().Request(50).At(70, "playback_start").At(100, "buffer_start")
            .At(130, "buffer_end")
            .At(200, "error", "'code':'1','severity':'fatal'").Measure().Snapshot.Windows;

        Assert.Equal([1L, 0, 0, 0], windows.Select(window => window.Totals.Attempts));
        Assert.Equal([0L, 1, 0, 0], windows.Select(window => window.Totals.Plays));
        Assert.Equal([0L, 0, 0, 1], windows.Select(window => window.Totals.PlaybackFailures));
        Assert.Equal([10d, 60, 60, 20], windows.Select(window => window.Totals.Watch.TotalSeconds));
        Assert.Equal([0d, 20, 10, 0], windows.Select(window => window.Totals.Stall.TotalSeconds));
        Assert.Equal([0L, 0, 1, 0], windows.Select(window => window.Totals.Stalls));
        Assert.Equal([0L, 1, 1, 1], windows.Select(window => window.Totals.PeakConcurrentPlays));
        Assert.Equal([null, null, null, TimeSpan.FromSeconds(20)], windows.Select(window => window.Totals.Startup.P50));
        Assert.Equal(20, Assert.Single(windows[3].By(MetricsDimension.Title)).Metrics.Watch.TotalSeconds);
        Assert.Equal((Script.Start.AddMinutes(1), Script.Start.AddMinutes(2)), (windows[1].Start.ToDateTimeOffset(),
            windows[1].End.ToDateTimeOffset()));
    }

    [Fact]
    public void Windows_PlayAfterAStallThatItsDurationCut_BelongsWhereItElapses()
    {
        // The stall is over at 21 s, of the silence until 620 s a gap is credited; what is told after it elapses after it.
        IReadOnlyList<WindowMetrics> windows = new Script().Play().Beat(0).At(20, "buffer_start", "'durationMs':1000")
            .At(620, "ad_click", "'ad':'a'").At(633, "pause").End(640).Measure().Snapshot.Windows;

        Assert.Equal(13, windows.Single(window => window.Start.ToDateTimeOffset() == Script.Start.AddMinutes(10)).Totals.Play.TotalSeconds);
        Assert.Equal(20 + 90 + 13, windows.Sum(window => window.Totals.Play.TotalSeconds));
    }

    [Fact]
    public void Windows_BeyondTheirNumber_AreDroppedAndCountedAndTheTotalsStay()
    {
        Script script = new Script().Play().End(600);

        EngineMeasure measure = EngineMeasure.Run(script.Lines, metrics: new MetricsOptions { WindowCount = 3 });

        // The end at 12:10:00 opens an eleventh window, in which no second elapsed.
        Assert.Equal([60d, 60, 0], measure.Snapshot.Windows.Select(window => window.Totals.Play.TotalSeconds));
        Assert.Equal(600, measure.Totals.Play.TotalSeconds);
        Assert.True(measure.Stages[0].MissedWindowCells > 0);
        Assert.Empty(EngineMeasure.Run(script.Lines, metrics: new MetricsOptions { WindowCount = 0 }).Snapshot.Windows);
    }

    [Fact]
    public void Windows_WithoutRoomForValues_KeepTheirTotals()
    {
        EngineMeasure measure = EngineMeasure.Run(new Script().Play().End(60).Lines, metrics: new MetricsOptions { MaxWindowCells = 1 });

        Assert.Equal(60, measure.Snapshot.Windows[0].Totals.Play.TotalSeconds);
        Assert.True(measure.Stages[0].MissedWindowCells > 0);
    }

    [Fact]
    public void Groups_OfAViewThatChangesItsCdn_HaveWhatHappenedInThem()
    {
        IReadOnlyList<GroupMetrics> groups = new Script().Request(0).At(4, "playback_start", "'cdn':'one'")
            .At(10, "cdn_change", "'cdn':'two'")
            .At(20, "buffer_start").At(22, "cdn_change", "'cdn':'one'").At(25, "buffer_end").End(30).Measure()
            .Snapshot.By(MetricsDimension.Cdn);

        Assert.Equal([null, "one", "two"], groups.Select(group => group.Key));
        Assert.Equal([1L, 0, 0], groups.Select(group => group.Metrics.Attempts));
        Assert.Equal([0L, 1, 0], groups.Select(group => group.Metrics.Plays));
        Assert.Equal([4d, 6 + 3 + 5, 10 + 2], groups.Select(group => group.Metrics.Watch.TotalSeconds));
        Assert.Equal([0d, 3, 2], groups.Select(group => group.Metrics.Stall.TotalSeconds));
        Assert.Equal([0L, 0, 1], groups.Select(group => group.Metrics.Stalls));
        Assert.Equal([null, 4000d, null], groups.Select(group => group.Metrics.Startup.P50?.TotalMilliseconds));
    }

    [Fact]
    public void Groups_BeyondTheirNumber_ShareOther()
    {
        Script script = new();
        for (int i = 0; i < 5; i++)
        {
            script.Request(i, view: "v" + i, title: "t" + i).End(i + 1, view: "v" + i);
        }

        EngineMeasure measure = EngineMeasure.Run(script.Lines, metrics: new MetricsOptions { MaxGroupValues = 2 });

        Assert.Equal([("other", 3L), ("t0", 1), ("t1", 1)],
            measure.Snapshot.By(MetricsDimension.Title).Select(group => (group.Key!, group.Metrics.Attempts)));
        Assert.True(measure.Stages[0].OverflowedValues > 0);
    }

    [Fact]
    public void WriteReport_OfNothing_HasZerosAndNulls()
    {
        string metrics = "\"metrics\":{\"attempts\":0,\"plays\":0,\"stillStarting\":0,\"exitsBeforeStart\":0,\"exitsInPreroll\":0,"
            + "\"startFailures\":0,"
            + "\"startDenials\":0,\"playbackFailures\":0,\"watchSeconds\":0,\"playSeconds\":0,\"stallSeconds\":0,\"adSeconds\":0,"
            + "\"backgroundPlaySeconds\":0,\"averageWatchSeconds\":null,\"bufferingRatio\":null,\"connectionRebufferingRatio\":null,"
            + "\"rebufferFrequencyPerHour\":null,\"stalledViewsShare\":null,\"stalls\":0,\"startupMs\":{\"p50\":null,\"p95\":null},"
            + "\"contentStartupMs\":{\"p50\":null,\"p95\":null},\"averageBitrateKbps\":null,\"bitrateSwitches\":0,"
            + "\"peakConcurrentPlays\":0,\"bounceRate\":null,\"completionRate\":null,"
            + "\"viewerCompletionRate\":null,\"trialConversionRate\":null,\"openTrials\":0,\"sentimentScore\":null,\"mentions\":0}";

        Assert.Equal(
            "{\"totals\":{\"offered\":1,\"accepted\":0,\"duplicates\":0,\"late\":0,\"rejected\":{\"Malformed\":1}},"
            + "\"window\":{\"from\":null,\"to\":null}," + metrics + ",\"by\":[]}",
            EngineMeasure.Run(["{"]).Json(MetricsDimension.Title));
    }

    [Fact]
    public void WriteReport_WithEvents_NamesWindowAndGroups()
    {
        string json = new Script().Play().End(1.5).Measure().Json(MetricsDimension.Title);

        Assert.Contains("\"window\":{\"from\":\"2026-01-01T12:00:00Z\",\"to\":\"2026-01-01T12:00:01.5Z\"}", json, StringComparison.Ordinal);
        Assert.Contains("\"by\":[{\"key\":\"t\",\"metrics\":{\"attempts\":1,", json, StringComparison.Ordinal);
    }
}
