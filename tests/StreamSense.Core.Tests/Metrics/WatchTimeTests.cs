using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class WatchTimeTests
{
    [Fact]
    public void Watch_SixtySecondsWithStallAndPause_IsSeventyAsInCta2066()
    {
        QualityMetrics metrics = new Script().Play()
            .At(20, "buffer_start").At(30, "buffer_end").At(40, "pause").At(70, "resume").End(100, "completed").Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(70), metrics.Watch);
        Assert.Equal(TimeSpan.FromSeconds(60), metrics.Play);
        Assert.Equal(TimeSpan.FromSeconds(10), metrics.Stall);
        Assert.Equal(70, metrics.AverageWatchSeconds);
        Assert.Equal(1d / 7, metrics.BufferingRatio);
        Assert.Equal(1d / 7, metrics.ConnectionRebufferingRatio);
        Assert.Equal(60, metrics.RebufferFrequencyPerHour);
        Assert.Equal(1, metrics.StalledViewsShare);
    }

    [Fact]
    public void Watch_SixtySecondsAtHalfSpeed_IsOneHundredAndTwentyAsInCta2066()
    {
        QualityMetrics metrics = new Script().Request(0).At(0, "rate_change", "'rate':0.5").At(0, "playback_start")
            .At(0, "bitrate_change", "'bitrateKbps':1000").At(60, "bitrate_change", "'bitrateKbps':3000").At(60, "rate_change", "'rate':1")
            .End(90).Measure().Totals;

        // Thirty seconds of media at each bitrate: the mean goes by media time, not by time.
        Assert.Equal(TimeSpan.FromSeconds(90), metrics.Watch);
        Assert.Equal(2000, metrics.AverageBitrateKbps);
        Assert.Equal(
            TimeSpan.FromSeconds(120),
            new Script().Play().At(0, "rate_change", "'rate':0.5").End(120, "completed").Measure().Totals.Watch);
    }

    [Fact]
    public void States_AreExclusive_TheFirstThatHoldsWins()
    {
        QualityMetrics metrics = new Script().Request(0).At(2, "playback_start").At(10, "seek_start").At(14, "buffer_start")
            .At(15, "seek_end")
            .At(18, "buffer_end").At(20, "ad_break_start", "'break':'b'").At(21, "ad_start", "'ad':'a'").At(25, "pause")
            .At(30, "ad_break_end", "'break':'b'")
            .At(40, "resume").At(45, "visibility", "'background':true").End(50).Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(2 + 8 + 8 + 2 + 10), metrics.Watch);
        Assert.Equal(TimeSpan.FromSeconds(8 + 2 + 10), metrics.Play);
        Assert.Equal(TimeSpan.FromSeconds(10), metrics.Ad);
        Assert.Equal(TimeSpan.Zero, metrics.Stall);
        Assert.Equal(0, metrics.Stalls);
        Assert.Equal(TimeSpan.FromSeconds(5), metrics.BackgroundPlay);
    }

    [Fact]
    public void Watch_OfAttemptsWithoutAFrame_IsInTheSumButNotInTheMean()
    {
        QualityMetrics metrics = new Script().Play().End(10).Request(0, view: "w").End(4, view: "w").Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(14), metrics.Watch);
        Assert.Equal(10, metrics.AverageWatchSeconds);
    }

    [Fact]
    public void Preload_OpensNoAttempt_UntilAStart()
    {
        Assert.Equal(0, new Script().Request(0, "'preload':true").End(9).Measure().Totals.Attempts);

        QualityMetrics metrics = new Script().Request(0, "'preload':true").At(5, "playback_start").End(9).Measure().Totals;

        Assert.Equal((1, 1), (metrics.Attempts, metrics.Plays));
        Assert.Equal(TimeSpan.FromSeconds(4), metrics.Watch);
        Assert.Null(metrics.Startup.P50);
    }

    [Theory]
    [InlineData("", 100, 100)] // no heartbeat yet: up to four hours
    [InlineData("'x':1", 500, 90)] // heartbeats without an interval
    [InlineData("'intervalMs':5000", 500, 30)] // three intervals, but not below 30 s
    [InlineData("'intervalMs':20000", 500, 60)]
    [InlineData("'intervalMs':20000", 60, 60)]
    public void Gap_InPlaying_IsTheMostThatIsCredited(string heartbeat, int silence, int credited)
    {
        Script script = new Script().Play();
        script = heartbeat.Length == 0 ? script : script.Beat(0, fields: heartbeat);

        Assert.Equal(TimeSpan.FromSeconds(credited), script.At(silence, "track_change", "'track':'audio','language':'en'").Measure()
            .Totals.Play);
    }

    [Theory]
    [InlineData(1, 40_000, 40)]
    [InlineData(2, 40_000, 20)]
    [InlineData(1, 500_000, 60)]
    [InlineData(1, -5_000, 0)]
    public void Gap_WithPlayheadsAtBothEnds_CreditsTheirAdvance(double rate, int advanceMs, int credited)
    {
        QualityMetrics metrics = new Script().Play().At(0, "rate_change", FormattableString.Invariant($"'rate':{rate}"))
            .Beat(0, fields: "'intervalMs':20000,'playheadMs':10000").Beat(300, fields: $"'playheadMs':{10_000 + advanceMs}").Measure()
            .Totals;

        Assert.Equal(TimeSpan.FromSeconds(credited), metrics.Play);
    }

    [Fact]
    public void Bitrate_VideoAndAudio_AddUpAndAvReplacesBoth()
    {
        QualityMetrics metrics = new Script().Play().At(10, "bitrate_change", "'bitrateKbps':2000,'mediaType':'video'")
            .At(20, "bitrate_change", "'bitrateKbps':128,'mediaType':'audio'").At(30, "bitrate_change", "'bitrateKbps':1000")
            .At(35, "pause").At(36, "bitrate_change", "'bitrateKbps':500").At(37, "resume").Beat(42, fields: "'bitrateKbps':800").End(52)
            .Measure().Totals;

        // 10 s unknown, 10 s at 2000, 10 s at 2128, 5 s at 1000, 5 s at 500, 10 s at 800.
        Assert.Equal((20_000 + 21_280 + 5_000 + 2_500 + 8_000) / 40d, metrics.AverageBitrateKbps);
        Assert.Equal(2, metrics.BitrateSwitches);
    }

    [Fact]
    public void Time_OfAnEarlierEvent_NeverRunsBackwards()
    {
        QualityMetrics metrics = new Script().Play().At(10, "pause").At(5, "resume").End(20).Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(20), metrics.Play);
    }
}
