using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Metrics;

namespace StreamSense.Core.Tests.Sessions;

public sealed class WatchedContentTests
{
    [Fact]
    public void Watched_WithoutAnyPlayhead_CountsFromZeroByPlayTime()
    {
        CollectingSessions sessions = Run(new Script().Play().At(10, "pause").At(20, "resume").End(25));

        Assert.Equal("0-15", sessions.Runs);
        Assert.Equal(15_000_000, sessions.Only.WatchedContentMicroseconds);
    }

    [Fact]
    public void Watched_OfALiveViewWithoutPlayhead_IsNotKnown()
    {
        CollectingSessions sessions = Run(new Script().Request(0, "'live':true").At(0, "playback_start").End(25));

        Assert.Equal(("", 0), (sessions.Runs, sessions.Only.WatchedContentMicroseconds));
    }

    [Fact]
    public void Watched_OfATitleThatTheCatalogueCallsLive_IsNotKnownWithoutPlayhead()
    {
        CollectingSessions sessions = Run(new Script().At(0, "title", "'title':'t','type':'live'", view: "").Play().End(25));

        Assert.True(sessions.Only.Live);
        Assert.Equal("", sessions.Runs);
    }

    [Fact]
    public void Watched_OfATitleThatGoesLiveAfterTheAttempt_IsThatOfTheRowInForceThen()
    {
        CollectingSessions sessions = Run(new Script()
            .At(0, "title", "'title':'t','type':'movie'", view: "")
            .Request(1)
            .At(2, "title", "'title':'t','type':'live'", view: "")
            .At(3, "playback_start")
            .End(25));

        Assert.Equal((false, "0-22"), (sessions.Only.Live, sessions.Runs));
    }

    [Fact]
    public void Watched_BeforeTheFirstKnownPlayhead_LiesBeforeIt() =>
        Assert.Equal("600-620", Run(new Script().Play().Beat(5, fields: "'playheadMs':605000").End(20)).Runs);

    [Fact]
    public void Watched_BeforeTheFirstKnownPlayhead_NeverLiesBeforeTheContent() =>
        Assert.Equal("0-18", Run(new Script().Play().Beat(5, fields: "'playheadMs':3000").End(20)).Runs);

    [Theory]
    [InlineData("heartbeat", "'state':'playing'")]
    [InlineData("seek_start", "")]
    [InlineData("playback_end", "'reason':'quit'")]
    public void Watched_AfterAStallWhoseEndIsMissing_LiesBeforeThePlayheadThatClosesIt(string kind, string fields) =>
        Assert.Equal("0-18", Run(new Script().Request(0, "'playheadMs':0").At(0, "playback_start")
            .At(10, "buffer_start", "'durationMs':2000")
            .At(20, kind, "'playheadMs':18000" + (fields.Length > 0 ? "," + fields : ""))).Runs);

    [Fact]
    public void Watched_BeforeASeekThatNamesTheFirstPlayhead_StaysFromZero() =>
        Assert.Equal("0-5 300-310", Run(new Script().Play().At(5, "seek_start").At(6, "seek_end", "'playheadMs':300000").End(16)).Runs);

    [Fact]
    public void Watched_RequestedAtAPosition_BeginsThere() =>
        Assert.Equal("90-100", Run(new Script().Request(0, "'playheadMs':90000").At(2, "playback_start").End(12)).Runs);

    [Theory]
    [InlineData(4_600, "0-14.6")]
    [InlineData(5_900, "0-15.9")]
    [InlineData(6_001, "0-5 6.001-16.001")]
    [InlineData(3_999, "0-5 3.999-13.999")]
    public void Watched_PlayheadThatIsOffByAtMostASecond_CorrectsTheRun(int playheadMs, string runs) =>
        Assert.Equal(
            runs, Run(new Script().Request(0, "'playheadMs':0").At(0, "playback_start")
                .Beat(5, fields: $"'playheadMs':{playheadMs}").End(15)).Runs);

    [Fact]
    public void Watched_SeekOfLessThanASecond_IsStillAJump() =>
        Assert.Equal("0-5 4.5-9.5", Run(new Script().Request(0, "'playheadMs':0").At(0, "playback_start")
            .At(5, "seek_start", "'playheadMs':5000").At(5, "seek_end", "'playheadMs':4500").End(10)).Runs);

    [Theory]
    [InlineData("2", 20)]
    [InlineData("0.5", 5)]
    [InlineData("0", 0)]
    public void Watched_AtAnotherRate_AdvancesByPlayTimeTimesRate(string rate, double advance) =>
        Assert.Equal($"0-{10 + advance}", Run(new Script().Play().At(10, "rate_change", $"'rate':{rate}").End(20)).Runs);

    [Fact]
    public void Watched_ReplayedPart_IsTwiceInTheRunsAndOnceInTheDistinctContent()
    {
        CollectingSessions sessions = Run(new Script().Request(0, "'playheadMs':0").At(0, "playback_start")
            .At(30, "seek_end", "'playheadMs':10000").End(60));

        Assert.Equal("0-30 10-40", sessions.Runs);
        Assert.Equal(40_000_000, sessions.Only.WatchedContentMicroseconds);
    }

    [Fact]
    public void Watched_ReturnToWhereARunEnded_GoesOnWithIt() =>
        Assert.Equal("0-20", Run(new Script().Request(0, "'playheadMs':0").At(0, "playback_start")
            .At(10, "seek_end", "'playheadMs':50000").At(10, "seek_end", "'playheadMs':10000").End(20)).Runs);

    [Fact]
    public void Watched_BeyondTheDuration_IsCutInTheDistinctContent() =>
        Assert.Equal(20_000_000, Run(new Script().At(0, "title", "'title':'t','durationMs':20000", view: "").Play().End(25))
            .Only.WatchedContentMicroseconds);

    [Theory]
    [InlineData(10.2, "0-20")]
    [InlineData(13, "0-17")]
    public void Watched_ShortBuffering_CountsAsPlayingAndAStallDoesNot(double end, string runs) =>
        Assert.Equal(runs, Run(new Script().Play().At(10, "buffer_start").At(end, "buffer_end").End(20)).Runs);

    [Fact]
    public void Watched_DuringAnAdOrASeek_StandsStill() =>
        Assert.Equal("0-10", Run(new Script().Play().At(4, "ad_start", "'ad':'a'").At(9, "ad_complete", "'ad':'a'")
            .At(12, "seek_start").At(15, "seek_end").End(18)).Runs);

    [Fact]
    public void Watched_MoreJumpsThanAreKept_KeepsTheDistinctContentExactlyWhilePartsOverlap()
    {
        Script script = new Script().Request(0, "'playheadMs':0").At(0, "playback_start");
        for (int i = 1; i <= 400; i++)
        {
            script.At(i * 2, "seek_end", $"'playheadMs':{i * 1000}");
        }

        CollectingSessions sessions = Run(script.End(802));

        Assert.Equal(402_000_000, sessions.Only.WatchedContentMicroseconds);
        Assert.True(sessions.Watched[0].Length <= WatchedContent.MaxRanges + 1);
    }

    [Fact]
    public void Watched_MoreApartThanAreKept_IsTooMuchByTheNarrowestHoles()
    {
        Script script = new Script().Request(0, "'playheadMs':0").At(0, "playback_start");
        for (int i = 1; i <= 400; i++)
        {
            script.At(i, "seek_end", $"'playheadMs':{(i * 10_000) - (i % 2 * 8_990)}");
        }

        CollectingSessions sessions = Run(script.End(401));

        Assert.InRange(sessions.Only.WatchedContentMicroseconds, 401_000_000, 403_000_000);
    }

    [Fact]
    public void Watched_OfRandomPlayers_IsTheSetOfMillisecondsTheyShowed() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Steps().ToArbitrary(), steps =>
        {
            var shown = new HashSet<int>();
            Script script = new Script().Request(0, "'playheadMs':0").At(0, "playback_start");
            int now = 0;
            int position = 0;
            int rate = 2;
            foreach ((int kind, int amount) in steps)
            {
                switch (kind)
                {
                    case 0:
                        position = amount * 20;
                        script.At(now / 1000.0, "seek_start").At(now / 1000.0, "seek_end", $"'playheadMs':{position}");
                        break;
                    case 1:
                        rate = amount % 5;
                        script.At(now / 1000.0, "rate_change", string.Create(CultureInfo.InvariantCulture, $"'rate':{rate / 2.0}"));
                        break;
                    case 2:
                        script.At(now / 1000.0, "pause", $"'playheadMs':{position}");
                        now += amount;
                        script.At(now / 1000.0, "resume");
                        break;
                    default:
                        int end = position + (amount * rate);
                        shown.UnionWith(Enumerable.Range(position, end - position));
                        position = end;
                        now += amount * 2;
                        script.Beat(now / 1000.0, fields: kind == 3 ? $"'playheadMs':{position},'intervalMs':60000" : "'intervalMs':60000");
                        break;
                }
            }

            // The times of the script are cut to the microsecond.
            long watched = Run(script.End(now / 1000.0)).Only.WatchedContentMicroseconds;
            return Math.Abs(watched - (shown.Count * 1000L)) <= 100;
        }));

    [Fact]
    public void Watched_ThePoolOfAllViewsIsFull_CountsWhatIsLost()
    {
        var watched = new WatchedContent(
            new StreamSense.Core.Sessions.Titles.TitleTable(new StreamSense.Core.Events.Vocabulary()), maxChunks: 1);
        var first = default(ViewRow);
        var second = default(ViewRow);
        first.Open(new StreamSense.Core.Events.ViewId(1), 0);
        second.Open(new StreamSense.Core.Events.ViewId(2), 0);
        for (int i = 0; i < 20; i++)
        {
            watched.Correct(ref first, i * 10, afterSeek: true);
            watched.Advance(ref first, 5, ViewRow.NormalRate);
            watched.Correct(ref second, i * 10, afterSeek: true);
            watched.Advance(ref second, 5, ViewRow.NormalRate);
        }

        Assert.True(watched.Condensed > 0);
        Assert.True(watched.Lost >= 19);
    }

    private static Gen<(int Kind, int Amount)[]> Steps() =>
        Gen.Choose(0, 5).SelectMany(kind => Gen.Choose(1, 3_000).Select(amount => (kind, amount))).ArrayOf(40);

    private static CollectingSessions Run(Script script)
    {
        var sessions = new CollectingSessions();
        EngineMeasure.Run(script.Lines, closed: sessions);
        return sessions;
    }
}
