using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class StallTests
{
    [Theory]
    [InlineData(10.249, 0, 0)]
    [InlineData(10.25, 1, 0.25)]
    public void Stall_ShorterThanTheMinimum_IsPlaying(double end, int stalls, double seconds)
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start").At(end, "buffer_end").End(20).Measure().Totals;

        Assert.Equal(stalls, metrics.Stalls);
        Assert.Equal(TimeSpan.FromSeconds(seconds), metrics.Stall);
        Assert.Equal(TimeSpan.FromSeconds(20 - seconds), metrics.Play);
    }

    [Fact]
    public void Stall_SuspendedByAPause_IsOneAndItsSumCounts()
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start").At(10.2, "pause").At(20, "resume").At(20.1, "buffer_end")
            .End(30).Measure().Totals;

        Assert.Equal(1, metrics.Stalls);
        Assert.Equal(TimeSpan.FromSeconds(0.3), metrics.Stall);
    }

    [Theory]
    [InlineData("seek_start", "")]
    [InlineData("ad_start", "'ad':'a'")]
    [InlineData("ad_break_start", "'break':'b'")]
    public void Stall_OvertakenBySeekOrAd_ClosesThereAndTheRestIsSeeking(string kind, string fields)
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start").At(11, kind, fields).At(12, "seek_end")
            .At(12, "ad_break_end", "'break':'b'").At(15, "buffer_end").End(20).Measure().Totals;

        Assert.Equal((1, TimeSpan.FromSeconds(1)), (metrics.Stalls, metrics.Stall));
        Assert.Equal(TimeSpan.FromSeconds(15), metrics.Play);
    }

    [Theory]
    [InlineData("initial", "")]
    [InlineData("seek", "")]
    [InlineData("ad", "")]
    [InlineData("", "seek")]
    [InlineData("connection", "initial")]
    public void Buffering_WithASeekLikeReason_IsNoStall(string atStart, string atEnd)
    {
        QualityMetrics metrics = new Script().Play()
            .At(10, "buffer_start", atStart.Length == 0 ? "" : $"'reason':'{atStart}'")
            .At(14, "buffer_end", atEnd.Length == 0 ? "" : $"'reason':'{atEnd}'").End(20).Measure().Totals;

        Assert.Equal((0, TimeSpan.Zero), (metrics.Stalls, metrics.Stall));
        Assert.Equal(TimeSpan.FromSeconds(20), metrics.Watch);
        Assert.Equal(TimeSpan.FromSeconds(16), metrics.Play);
    }

    [Fact]
    public void Buffering_ThatBeganPaused_IsNoStall()
    {
        QualityMetrics metrics = new Script().Play().At(10, "pause").At(11, "buffer_start").At(12, "resume").At(15, "buffer_end")
            .End(20).Measure().Totals;

        Assert.Equal((0, TimeSpan.FromSeconds(15)), (metrics.Stalls, metrics.Play));
    }

    [Fact]
    public void Buffering_ASecondStartWhileOneIsOpen_ChangesNothing()
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start").At(11, "buffer_start", "'reason':'seek'").At(12, "buffer_end")
            .End(20).Measure().Totals;

        Assert.Equal((1, TimeSpan.FromSeconds(2)), (metrics.Stalls, metrics.Stall));
    }

    [Fact]
    public void Buffering_ClosedByAHeartbeat_LastsAtMostItsOwnDuration()
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start", "'durationMs':2000").Beat(15).End(20).Measure().Totals;

        Assert.Equal((1, TimeSpan.FromSeconds(2)), (metrics.Stalls, metrics.Stall));
        Assert.Equal(TimeSpan.FromSeconds(18), metrics.Play);
    }

    [Fact]
    public void Buffering_WithBothEnds_GoesByEventTimes()
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start", "'durationMs':2000").At(15, "buffer_end", "'durationMs':1")
            .End(20)
            .Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(5), metrics.Stall);
    }

    [Theory]
    [InlineData(3_000, "connection", 1, 3)]
    [InlineData(60_000, "connection", 1, 10)]
    [InlineData(3_000, "seek", 0, 0)]
    [InlineData(200, "connection", 0, 0)]
    public void Buffering_LoneEndWithDuration_ReachesBackAtMostToThePreviousEvent(int durationMs, string reason, int stalls, double seconds)
    {
        QualityMetrics metrics = new Script().Play().At(10, "buffer_end", $"'durationMs':{durationMs},'reason':'{reason}'").End(20)
            .Measure().Totals;

        Assert.Equal((stalls, TimeSpan.FromSeconds(seconds)), (metrics.Stalls, metrics.Stall));
        Assert.Equal(TimeSpan.FromSeconds(20), metrics.Watch);
    }

    [Theory]
    [InlineData("playing", 5, 20)]
    [InlineData("rebuffering", 10, 15)]
    public void Heartbeat_WhoseStateContradicts_ClosesTheFlagsBeforeIt(string state, double stall, double play)
    {
        // The pause hides the buffering; the heartbeat closes the pause, and the buffering too if it says playing.
        QualityMetrics metrics = new Script().Play().At(10, "buffer_start").At(15, "pause").Beat(20, state).At(25, "buffer_end").End(30)
            .Measure().Totals;

        Assert.Equal(TimeSpan.FromSeconds(stall), metrics.Stall);
        Assert.Equal(TimeSpan.FromSeconds(play), metrics.Play);
    }
}
