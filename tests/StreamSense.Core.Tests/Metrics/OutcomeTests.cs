using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class OutcomeTests
{
    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    [Fact]
    public void Outcomes_PartitionTheAttempts()
    {
        Script script = new Script()
            .Play(view: "a").End(5, view: "a")
            .Play(view: "b").At(5, "error", "'code':'1','severity':'fatal'", "b")
            .Play(view: "c").End(5, "error", "c")
            .Request(0, view: "d").At(1, "error", "'code':'1','severity':'fatal'", "d")
            .Request(0, view: "e").At(1, "error", "'code':'1','severity':'fatal','category':'business'", "e")
            .Request(0, view: "f").End(1, "timeout", "f")
            .Request(0, view: "g").At(1, "ad_start", "'ad':'a'", "g").End(2, view: "g")
            .Request(0, view: "h").End(1, "error", "h")
            .Request(0, view: "i").At(1, "error", "'code':'1','severity':'warning'", "i")
            .At(2, "error", "'code':'1','severity':'fatal'", "preloads-nothing");

        QualityMetrics open = script.Measure(close: false).Totals;
        QualityMetrics closed = script.Measure().Totals;

        Assert.Equal((9, 3, 2), (open.Attempts, open.Plays, open.PlaybackFailures));
        Assert.Equal((2, 1, 1, 1, 1), (open.StartFailures, open.StartDenials, open.ExitsBeforeStart, open.ExitsInPreroll,
            open.StillStarting));
        Assert.Equal((2, 0), (closed.ExitsBeforeStart, closed.StillStarting));
    }

    [Fact]
    public void Startup_WithAPreroll_GoesToTheAdAndContentStartupLeavesItOut()
    {
        QualityMetrics metrics = new Script().Request(0).At(1, "ad_break_start", "'break':'b'").At(1.5, "ad_start", "'ad':'a'")
            .At(11.5, "ad_break_end", "'break':'b'").At(12, "playback_start", "'startupMs':7").End(20).Measure().Totals;

        Assert.Equal(Ms(1500), metrics.Startup.P50);
        Assert.Equal(Ms(1500), metrics.ContentStartup.P95);
        Assert.Equal(TimeSpan.FromSeconds(10.5), metrics.Ad);
    }

    [Theory]
    [InlineData("seek_start", "")]
    [InlineData("pause", "")]
    [InlineData("visibility", "'background':true")]
    public void Startup_AfterADistraction_IsNull(string kind, string fields)
    {
        QualityMetrics metrics = new Script().Request(0).At(1, kind, fields).At(2, "playback_start").End(9).Measure().Totals;

        Assert.Null(metrics.Startup.P50);
        Assert.Null(metrics.ContentStartup.P50);
        Assert.Equal(1, metrics.Plays);
    }

    [Fact]
    public void Startup_WithoutARequest_IsThePlayersOwn()
    {
        QualityMetrics metrics = new Script().At(0, "playback_start", "'startupMs':321").End(9).Measure().Totals;

        Assert.Equal((Ms(321), Ms(321)), (metrics.Startup.P50, metrics.ContentStartup.P50));
        Assert.Null(new Script().Beat(0).End(9).Measure().Totals.Startup.P50);
    }

    [Fact]
    public void Startup_OfOpenPlays_IsInTheTotalsAndTheGroups()
    {
        EngineMeasure measure = new Script().Request(0).At(2, "playback_start").Measure(close: false);

        Assert.Equal(Ms(2000), measure.Totals.Startup.P50);
        Assert.Equal(Ms(2000), Assert.Single(measure.Snapshot.By(MetricsDimension.Title)).Metrics.Startup.P50);
    }

    [Theory]
    [InlineData("", 14_400, 2)]
    [InlineData("playing", 600, 2)]
    [InlineData("playing", 600.000001, 1)]
    [InlineData("", 14_400.000001, 1)]
    public void Silence_BeyondItsLimit_EndsTheViewAtItsLastEvent(string heartbeat, double silence, int pausesSeen)
    {
        Script script = new Script().Play();
        script = heartbeat.Length == 0 ? script : script.Beat(0, heartbeat, "'intervalMs':600000");

        // The bitrate is of force only if the view was still open to hear of it.
        QualityMetrics metrics = script.At(silence, "bitrate_change", "'bitrateKbps':100").End(silence + 10).Measure().Totals;

        Assert.Equal(pausesSeen == 2 ? 100d : null, metrics.AverageBitrateKbps);
        Assert.Equal(pausesSeen == 2 ? TimeSpan.FromSeconds(silence + 10) : TimeSpan.Zero, metrics.Play);
    }

    [Fact]
    public void Silence_OfAPausedView_MayLastAnHour()
    {
        Script script = new Script().Play().Beat(1).At(10, "pause").At(3600, "resume").End(3610);

        Assert.Equal(TimeSpan.FromSeconds(20), script.Measure().Totals.Play);
    }

    [Fact]
    public void End_LaterEvents_ChangeNothing()
    {
        QualityMetrics metrics = new Script().Play().End(10).At(11, "playback_start").Request(12).End(20, "error").Measure().Totals;

        Assert.Equal((1, 1, 0), (metrics.Attempts, metrics.Plays, metrics.PlaybackFailures));
        Assert.Equal(TimeSpan.FromSeconds(10), metrics.Play);
    }

    [Theory]
    [InlineData("'device':'d'", "u", 30)] // another title on the same player: ends there
    [InlineData("'device':'d','preload':true", "u", 60)] // a preload supersedes nothing
    [InlineData("'device':'d'", "t", 60)] // the same title
    [InlineData("'device':'e'", "u", 60)] // another device
    [InlineData("'position':1", "u", 60)] // no device
    public void Request_ForAnotherTitleOnTheSamePlayer_Supersedes(string fields, string title, double play)
    {
        Script script = new Script().Request(0, "'device':'d'").At(0, "playback_start").Request(30, fields, "w", title).End(60);

        Assert.Equal(TimeSpan.FromSeconds(play), EngineMeasure.Run(script.Lines).Totals.Play);
        Assert.Equal(TimeSpan.FromSeconds(play), EngineMeasure.Run(script.Lines, shards: 3).Totals.Play);
    }

    [Fact]
    public void Peak_PlaysTouchTheSecondsOfTheirEnds()
    {
        Script script = new Script().Play(0.9, "a").End(5.1, view: "a").Play(5.9, "b").End(8, view: "b").Play(9, "c").End(12, view: "c");

        Assert.Equal(2, script.Measure().Totals.PeakConcurrentPlays);
        Assert.Equal(2, Assert.Single(EngineMeasure.Run(script.Lines, shards: 2).Snapshot.By(MetricsDimension.Title))
            .Metrics.PeakConcurrentPlays);
    }

    [Fact]
    public void Peak_OpenPlays_LastUntilTheirLastEvent()
    {
        Script script = new Script().Play(0, "a").Beat(3, view: "a").Play(5, "b").Beat(7, view: "b");

        Assert.Equal(1, script.Measure(close: false).Totals.PeakConcurrentPlays);
    }

    [Fact]
    public void Nothing_Measured_IsZeroAndNull()
    {
        QualityMetrics metrics = EngineMeasure.Run([]).Totals;

        Assert.Equal(new QualityMetrics(), metrics);
    }
}
