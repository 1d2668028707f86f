using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Metrics;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>The cases that players, and complaints about other products, name: each by what it does to the record of a session.</summary>
public sealed class SessionCasesTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Ads_PreMidAndPostroll_AreAdTimeByPlaceAndOneView()
    {
        PlaybackSession session = Run(new Script().Request(0)
            .At(0, "ad_break_start", "'break':'1'").At(0, "ad_start", "'ad':'a','break':'1'").At(10, "ad_complete", "'ad':'a'")
            .At(10, "ad_start", "'ad':'b','break':'1'").At(15, "ad_complete", "'ad':'b'").At(15, "ad_break_end", "'break':'1'")
            .At(16, "playback_start")
            .At(30, "ad_break_start", "'break':'2'").At(30, "ad_start", "'ad':'c'").At(40, "ad_skip", "'ad':'c'")
            .At(41, "ad_break_end", "'break':'2'")
            .At(60, "ad_break_start", "'break':'3','placement':'post'").At(60, "ad_start", "'ad':'d'").At(80, "ad_complete", "'ad':'d'")
            .At(80, "ad_break_end", "'break':'3'").End(80));

        Assert.Equal((3, 4), (session.AdBreaks, session.Ads));
        Assert.Equal(
            (46 * Second, 15 * Second, 20 * Second), (session.Times.Ad, session.Times.PrerollAd, session.Times.PostrollAd));
        Assert.Equal((33 * Second, 1 * Second), (session.Times.Playing, session.Times.Starting));
        Assert.Equal((0, 1 * Second), (session.StartupMicroseconds, session.ContentStartupMicroseconds));
    }

    [Fact]
    public void Ads_BetweenTwoAdsOfABreak_IsStillAdTime() =>
        Assert.Equal(10 * Second, Run(new Script().Play().At(10, "ad_break_start", "'break':'1'").At(11, "ad_start", "'ad':'a'")
            .At(13, "ad_complete", "'ad':'a'").At(17, "ad_start", "'ad':'b'").At(20, "ad_break_end", "'break':'1'").End(25)).Times.Ad);

    [Fact]
    public void Ads_WithoutABreak_AreBreaksOfTheirOwn()
    {
        PlaybackSession session = Run(new Script().Request(0).At(1, "ad_start", "'ad':'a'").At(6, "ad_complete", "'ad':'a'")
            .At(6, "playback_start").At(10, "ad_start", "'ad':'b'").At(13, "ad_complete", "'ad':'b'").End(20));

        Assert.Equal((2, 2, 8 * Second, 5 * Second), (session.AdBreaks, session.Ads, session.Times.Ad, session.Times.PrerollAd));
    }

    [Fact]
    public void Ads_ThatBuffer_AreAPartOfAdTimeAndNoStall()
    {
        PlaybackSession session = Run(new Script().Play().At(10, "ad_start", "'ad':'a'").At(12, "buffer_start", "'reason':'ad'")
            .At(15, "buffer_end").At(20, "ad_complete", "'ad':'a'").End(30));

        Assert.Equal((10 * Second, 3 * Second, 0), (session.Times.Ad, session.Times.AdBuffering, session.Stalls));
        Assert.Equal((20 * Second, 0L), (session.Times.Playing, session.Times.Rebuffering));
    }

    [Fact]
    public void Ads_ClientAdsThatFail_DoNotInflateRebuffering() =>
        Assert.Equal(0, Run(new Script().Request(0).At(0, "ad_break_start", "'break':'1'").At(1, "buffer_start", "'reason':'ad'")
            .At(8, "ad_break_end", "'break':'1'").At(9, "buffer_end").At(9, "playback_start").End(30)).Times.Rebuffering);

    [Fact]
    public void Background_PlayTime_IsCountedAndApart()
    {
        PlaybackSession session = Run(new Script().Play().At(10, "visibility", "'background':true")
            .At(25, "visibility", "'background':false").End(30));

        Assert.Equal((30 * Second, 15 * Second), (session.Times.Playing, session.Times.BackgroundPlaying));
        Assert.False(session.JoinedInBackground);
    }

    [Fact]
    public void Background_BeforeTheFirstFrame_HasNoStartupTime()
    {
        PlaybackSession session = Run(new Script().Request(0).At(1, "visibility", "'background':true").At(9, "playback_start").End(20));

        Assert.Equal(Absent.Time, session.StartupMicroseconds);
        Assert.True(session.JoinedInBackground);
    }

    [Fact]
    public void Sleep_OfTheDevice_IsUnknownTimeAndNeverWatched()
    {
        PlaybackSession session = Run(new Script().Play().Beat(10, fields: "'intervalMs':10000,'playheadMs':10000")
            .Beat(20, fields: "'intervalMs':10000,'playheadMs':20000").Beat(500, fields: "'intervalMs':10000,'playheadMs':20500").End(510));

        Assert.Equal((30.5 * Second, 479.5 * Second), (session.Times.Watch, session.Times.Unknown));
    }

    [Fact]
    public void Sleep_OverNight_EndsTheViewAtItsLastEvent()
    {
        PlaybackSession session = Run(new Script().Play().Beat(10).Beat(8 * 3600));

        Assert.Equal((10 * Second, true, EndReason.Timeout), (session.Times.Watch, session.BySilence, session.Reason));
    }

    [Fact]
    public void Pause_WithHeartbeatsGoingOn_IsNoWatchTime()
    {
        PlaybackSession session = Run(new Script().Play().At(10, "pause").Beat(20, "paused").At(25, "seek_start").At(26, "seek_end")
            .Beat(40, "paused").At(60, "resume").End(70));

        Assert.Equal((20 * Second, 50 * Second, 1), (session.Times.Watch, session.Times.Paused, session.Seeks));
    }

    [Fact]
    public void Seeks_WithinTwoSecondsOfOneAnother_AreOne()
    {
        PlaybackSession session = Run(new Script().Play().At(10, "seek_start").At(11, "seek_end").At(13, "seek_start").At(14, "seek_end")
            .At(16.000001, "seek_start").At(17, "seek_end").End(30));

        Assert.Equal((2, 2 * Second + 999_999), (session.Seeks, session.Times.Seeking));
    }

    [Fact]
    public void Seeks_StartsThatRepeatWhileOneIsOpen_AreOne() =>
        Assert.Equal(1, Run(new Script().Play().At(10, "seek_start").At(15, "seek_start").At(20, "seek_end").End(30)).Seeks);

    [Fact]
    public void Supersession_ByAnotherTitleOnThePlayer_EndsAtTheRequest()
    {
        CollectingSessions sessions = Collect(new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", view: "one")
            .Request(20, "'device':'d'", "two", "b").End(30, view: "two"));

        PlaybackSession first = sessions.All.Single(session => session.Reason == EndReason.Superseded);
        Assert.Equal((19 * Second, ViewOutcome.Played), (first.Times.Playing, first.Outcome));
    }

    [Fact]
    public void Live_WithoutHeartbeats_IsCreditedUpToFourHoursBetweenEvents()
    {
        PlaybackSession session = Run(new Script().Request(0, "'live':true").At(1, "playback_start").At(1 + (4 * 3600), "pause"));

        Assert.Equal((4 * 3600 * Second, true), (session.Times.Playing, session.Live));
        Assert.False(session.IsCompletable);
    }

    [Fact]
    public void Rate_OfPlayback_ChangesMediaTimeAndNotPlayTime()
    {
        PlaybackSession session = Run(new Script().Play().At(0, "bitrate_change", "'bitrateKbps':1000").At(10, "rate_change", "'rate':2")
            .End(20));

        Assert.Equal(20 * Second, session.Times.Playing);
        Assert.Equal((Int128)30 * Second * 1_000_000, session.Times.MediaTime);
        Assert.Equal(30 * Second, session.WatchedContentMicroseconds);
    }

    [Fact]
    public void CtaExample_SixtySecondsTenStalledThirtyPaused_IsSeventyWatched()
    {
        PlaybackSession session = Run(new Script().Play().At(20, "buffer_start").At(30, "buffer_end").At(40, "pause").At(70, "resume")
            .End(100, "completed"));

        Assert.Equal((70 * Second, 10 * Second, 60 * Second), (session.Times.Watch, session.Times.Rebuffering, session.Times.Playing));
    }

    [Fact]
    public void CtaExample_SixtySecondsAtHalfSpeed_IsATwoMinuteWatch()
    {
        PlaybackSession session = Run(new Script().Play().At(0, "rate_change", "'rate':0.5").End(120, "completed"));

        Assert.Equal((120 * Second, 60 * Second), (session.Times.Watch, session.WatchedContentMicroseconds));
    }

    [Fact]
    public void StartTimeout_ReportedByThePlayer_IsAnExitBeforeStart()
    {
        PlaybackSession session = Run(new Script().Request(0).End(60, "timeout"));

        Assert.Equal((ViewOutcome.ExitBeforeStart, EndReason.Timeout, false), (session.Outcome, session.Reason, session.BySilence));
    }

    [Fact]
    public void End_WithoutAStart_IsNoPlayAndItsWaitingIsWatchTime()
    {
        PlaybackSession session = Run(new Script().Request(0).End(5));

        Assert.Equal((ViewOutcome.ExitBeforeStart, 5 * Second), (session.Outcome, session.Times.Watch));
    }

    [Fact]
    public void Stall_FlaggedBySeveralRequestsAtOnce_IsOne() =>
        Assert.Equal((1, 4 * Second), Of(Run(new Script().Play().At(10, "buffer_start").At(10, "buffer_start").At(11, "buffer_start")
            .At(14, "buffer_end").At(14, "buffer_end").End(30)), session => (session.Stalls, session.Times.Rebuffering)));

    [Fact]
    public void PlayheadThatIsNegative_OrFar_BreaksNothing()
    {
        PlaybackSession session = Run(new Script().Play().Beat(10, fields: "'playheadMs':-5000").Beat(20, fields: "'playheadMs':9e12")
            .End(30));

        Assert.Equal(30 * Second, session.Times.Playing);
        Assert.True(session.WatchedContentMicroseconds >= 0);
    }

    private static T Of<T>(PlaybackSession session, Func<PlaybackSession, T> of) => of(session);

    private static PlaybackSession Run(Script script) => Collect(script).Only;

    private static CollectingSessions Collect(Script script)
    {
        var sessions = new CollectingSessions();
        EngineMeasure.Run(script.Lines, closed: sessions);
        return sessions;
    }
}
