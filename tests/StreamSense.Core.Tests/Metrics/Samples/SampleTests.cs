using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Samples;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Samples;

public sealed class SampleTests
{
    [Fact]
    public void Samples_OfViewsOfEachKind_NameThemWithTheirFigures()
    {
        SampleMetrics samples = new Script()
            .Play(0, "stalled").At(10, "buffer_start", view: "stalled").At(13, "buffer_end", view: "stalled").End(60, view: "stalled")
            .Request(0, view: "slow").At(9, "playback_start", view: "slow").End(70, view: "slow")
            .Request(0, view: "failed").At(2, "error", "'code':'x','severity':'fatal'", view: "failed")
            .Request(0, view: "gone").End(4, view: "gone")
            .Play(0, "broken").At(50, "error", "'code':'x','severity':'fatal'", view: "broken")
            .Play(0, "bounced").End(3, view: "bounced")
            .Request(0, view: "denied").At(3, "error", "'code':'x','severity':'fatal','category':'business'", view: "denied")
            .Play(0, "low").Beat(1, fields: "'bitrateKbps':300", view: "low").Beat(20, fields: "'bitrateKbps':200", view: "low")
            .Beat(45, view: "low").End(46, view: "low")
            .Play(0, "sought").At(40, "seek_start", view: "sought").At(42, "seek_end", view: "sought").End(50, view: "sought")
            .Play(0, "sold").At(40, "ad_start", "'ad':'a'", view: "sold").At(55, "ad_complete", "'ad':'a'", view: "sold")
            .At(60, "visibility", "'background':true", view: "sold").End(67, view: "sold")
            .Play(0, "asleep").Beat(10, fields: "'intervalMs':10000", view: "asleep").Beat(500, view: "asleep").End(501, view: "asleep")
            .Measure().Snapshot.Samples;

        Assert.Equal(3_000_000, Assert.Single(samples.Of(SampleCondition.Stalled)).Microseconds);
        Assert.Equal(9_000_000, samples.Of(SampleCondition.SlowStart)[0].Microseconds);
        Assert.Equal(2_000_000, Assert.Single(samples.Of(SampleCondition.StartFailure)).Microseconds);
        Assert.Equal(4_000_000, Assert.Single(samples.Of(SampleCondition.ExitBeforeStart)).Microseconds);
        Assert.Equal(50_000_000, Assert.Single(samples.Of(SampleCondition.PlaybackFailure)).Microseconds);
        Assert.Equal(3_000_000, Assert.Single(samples.Of(SampleCondition.Bounce)).Microseconds);
        Assert.Equal(3_000_000, Assert.Single(samples.Of(SampleCondition.StartDenial)).Microseconds);
        Assert.Equal(46_000_000, Assert.Single(samples.Of(SampleCondition.LowBitrate)).Microseconds);
        Assert.Equal(46_000_000, Assert.Single(samples.Of(SampleCondition.ManyBitrateSwitches)).Microseconds);
        Assert.Equal(2_000_000, Assert.Single(samples.Of(SampleCondition.LongSeeking)).Microseconds);
        Assert.Equal(15_000_000, Assert.Single(samples.Of(SampleCondition.LongAds)).Microseconds);
        Assert.Equal(7_000_000, Assert.Single(samples.Of(SampleCondition.BackgroundPlay)).Microseconds);
        Assert.Empty(samples.Of(SampleCondition.Completion));
        Assert.Equal(460_000_000, Assert.Single(samples.Of(SampleCondition.LongUnknownTime)).Microseconds);
    }

    [Fact]
    public void Merge_OfPartsInAnyOrder_IsTheSampleOfAll()
    {
        var random = new Random(7);
        PlaybackSession[] sessions = [.. Enumerable.Range(1, 500).Select(view => new PlaybackSession
        {
            View = new ViewId((ulong)random.NextInt64()), Stalls = 1, StartupMicroseconds = view % 50, Times = { Rebuffering = view },
        })];
        SamplePartial all = PartialOf(sessions);
        random.Shuffle(sessions);
        SamplePartial merged = PartialOf(sessions[300..]).Merge(PartialOf(sessions[..100])).Merge(PartialOf(sessions[50..300]));

        foreach (SampleCondition condition in (SampleCondition[])[SampleCondition.Stalled, SampleCondition.SlowStart])
        {
            Assert.Equal(SampleMetrics.Of(all).Of(condition), SampleMetrics.Of(merged).Of(condition));
        }

        Assert.Equal(49, SampleMetrics.Of(all).Of(SampleCondition.SlowStart)[0].Microseconds);
    }

    [Fact]
    public void Retract_AViewOfTheSample_TakesItOut()
    {
        var recorder = new SampleRecorder(new EngagementThresholds(), new SampleOptions());
        var session = new PlaybackSession { View = new ViewId(1), Stalls = 1, Times = { Playing = 100_000_000 }, Version = 1 };
        recorder.Add(session, []);
        recorder.Add(session with { View = new ViewId(2) }, []);
        recorder.Retract(session, []);

        Assert.Equal(new ViewId(2), Assert.Single(SampleMetrics.Of(recorder.Copy()).Of(SampleCondition.Stalled)).View);
    }

    [Fact]
    public void Add_MoreViewsThanAreKept_AllocatesNothing()
    {
        var recorder = new SampleRecorder(new EngagementThresholds(), new SampleOptions());
        var session = new PlaybackSession { Stalls = 1, StartupMicroseconds = 5 };
        ulong view = 0;

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                session.View = new ViewId(++view);
                recorder.Add(session, []);
            }
        }));
    }

    private static SamplePartial PartialOf(PlaybackSession[] sessions)
    {
        var recorder = new SampleRecorder(new EngagementThresholds(), new SampleOptions());
        foreach (PlaybackSession session in sessions)
        {
            recorder.Add(session, []);
        }

        return recorder.Copy();
    }
}
