using StreamSense.Contracts;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Sessions;

namespace StreamSense.Core.Tests.Metrics;

public sealed class SessionStageTests
{
    private static readonly EventTime Start = EventTime.From(Script.Start);

    [Fact]
    public void Facts_OfAView_TellRequestFirstFrameProgressAndEnd()
    {
        var facts = new CollectingFacts();
        List<string> lines = new Script().Request(0, "'viewer':'me','request':'r1','live':true").At(1, "playback_start")
            .Beat(6, fields: "'playheadMs':5000")
            .End(11, "completed").Lines;

        EngineMeasure.Run(lines, facts: facts);

        Assert.Equal(
            [ViewFactKind.Requested, ViewFactKind.FirstFrame, ViewFactKind.Progress, ViewFactKind.Ended], facts.All.Select(fact =>
                fact.Kind));
        Assert.Equal([0L, 0, 5_000_000, 10_000_000], facts.All.Select(fact => fact.PlayMicroseconds));
        Assert.Equal([0L, 1_000_000, 6_000_000, 11_000_000], facts.All.Select(fact => fact.WatchMicroseconds));
        Assert.Equal([Absent.Time, Absent.Time, 5_000_000, 5_000_000], facts.All.Select(fact => fact.PlayheadMicroseconds));
        Assert.All(facts.All, fact => Assert.True(fact.Live && !fact.Viewer.IsNone && !fact.Request.IsNone && !fact.Title.IsNone));
        Assert.Equal(EndReason.Completed, facts.All[^1].Reason);
    }

    [Fact]
    public void Facts_OfAPreload_AreNone()
    {
        var facts = new CollectingFacts();
        EngineMeasure.Run(new Script().Request(0, "'preload':true").End(5).Lines, facts: facts);

        Assert.Empty(facts.All);
    }

    [Fact]
    public void AdvanceTo_PastTheSilenceLimit_ClosesAtTheLastEventForGood()
    {
        var stage = new SessionStage(new Vocabulary(), new SessionOptions { AllowedLateness = TimeSpan.FromSeconds(5) });
        Feed(stage, Request(1, 0), Beat(1, 0), Beat(1, 5));

        stage.AdvanceTo(Start + TimeSpan.FromSeconds(5 + 600 + 5));
        Assert.Equal(1, stage.OpenViews);
        stage.AdvanceTo(Start + TimeSpan.FromSeconds(5 + 600 + 5.000001));
        Assert.Equal(0, stage.OpenViews);
        Feed(stage, Beat(1, 400));
        Assert.Equal(TimeSpan.FromSeconds(5), Totals(stage).Play);

        // Its row goes to others after four hours; its id does not.
        stage.AdvanceTo(Start + TimeSpan.FromHours(5));
        Feed(stage, Beat(1, 18_001), Request(1, 18_002), Beat(1, 18_003));
        Assert.Equal((1, 0, 0L), (Totals(stage).Attempts, stage.OpenViews, stage.ForgottenViews));
        Assert.Equal(TimeSpan.FromSeconds(5), Totals(stage).Play);
    }

    [Fact]
    public void AdvanceTo_PastTheSilenceOfAPreload_EndsItForGoodAsAFileDoes()
    {
        var stage = new SessionStage(new Vocabulary());
        StreamEvent preload = Request(1, 0);
        preload.PayloadAs<PlaybackRequestPayload>().Preload = true;
        Feed(stage, preload);
        stage.AdvanceTo(Start + TimeSpan.FromHours(9));
        Feed(stage, Request(1, 40_000), Beat(1, 40_001));

        Assert.Equal(0, Totals(stage).Attempts);
    }

    [Fact]
    public void Consume_MoreViewsThanTheTableHolds_ForgetsEndedOnesThenClosesTheLongestSilent()
    {
        var stage = new SessionStage(new Vocabulary(), new SessionOptions { MaxViews = 2 });
        Feed(stage, Request(1, 0), Request(2, 1), End(2, 2), Request(3, 3));
        Assert.Equal((2, 0L), (stage.OpenViews, stage.EvictedViews));

        Feed(stage, Beat(1, 4), Request(4, 5));
        Assert.Equal((2, 1L), (stage.OpenViews, stage.EvictedViews));
        Assert.Equal(2, Totals(stage).ExitsBeforeStart);
        Assert.Equal((4, 1, 1), (Totals(stage).Attempts, Totals(stage).Plays, Totals(stage).StillStarting));
    }

    [Fact]
    public void Consume_LaterEventsOfViewsThatHadNoRoom_AreNoNewViews()
    {
        var stage = new SessionStage(new Vocabulary(), new SessionOptions { MaxViews = 2, MaxEndedViews = 4 });
        Feed(stage, Request(1, 0), Request(2, 1), Request(3, 2), Request(4, 3), Beat(1, 4), Beat(2, 5));
        Assert.Equal((4, 2L, 0L), (Totals(stage).Attempts, stage.EvictedViews, stage.ForgottenViews));

        // Two generations of two ids: the oldest are forgotten in the end, which is counted.
        for (ulong view = 5; view < 11; view++)
        {
            Feed(stage, Request(view, view));
        }

        Assert.True(stage.ForgottenViews >= 2);
        Feed(stage, Beat(1, 20));
        Assert.Equal(11, Totals(stage).Attempts);
    }

    [Fact]
    public void Consume_APreloadThatHadNoRoom_MayBecomeAnAttemptLater()
    {
        var stage = new SessionStage(new Vocabulary(), new SessionOptions { MaxViews = 1 });
        StreamEvent preload = Request(1, 0);
        preload.PayloadAs<PlaybackRequestPayload>().Preload = true;
        Feed(stage, preload, Request(2, 1), End(2, 2), Request(1, 3));

        Assert.Equal(2, Totals(stage).Attempts);
    }

    [Fact]
    public void ViewRow_OfAnOpenView_TakesAtMost512Bytes() =>
        Assert.InRange(
            System.Runtime.CompilerServices.Unsafe.SizeOf<SlabRow<ViewRow>>() + (3 * sizeof(int)) + (2 * sizeof(ulong)), 1, 512);

    [Fact]
    public void Consume_WithHistoriesAndLateEvents_AllocatesNothingAfterWarmUp()
    {
        var stage = new SessionStage(
            new Vocabulary(),
            new SessionOptions { AllowedLateness = TimeSpan.FromMinutes(2), MaxEndedViews = 1_024 },
            new MetricsOptions { MaxConcurrencyPoints = 8_192, ConcurrencyRetention = TimeSpan.FromMinutes(5) });
        var batch = new StreamEvent[64];
        ulong made = 0;
        void Run(int batches)
        {
            for (int i = 0; i < batches; i++)
            {
                made = Fill(batch, made);
                (batch[3], batch[40]) = (batch[40], batch[3]);
                stage.Consume(new EventBatch(0, batch, annex: null));
                stage.AdvanceTo(batch[^1].Time);
            }
        }

        Run(8_000);

        Assert.Equal(0, Allocations.Least(() => Run(4_000)));
        Assert.True(stage.AmendedEvents > 1_000);
    }

    [Fact]
    public void Consume_Broadcasts_OnlySupersede()
    {
        var stage = new SessionStage(new Vocabulary());
        StreamEvent other = Request(2, 10, title: 8);
        other.Flags = EventFlags.Broadcast;
        Feed(stage, Request(1, 0), Beat(1, 1), other);

        Assert.Equal((1, 1, 0), (Totals(stage).Attempts, Totals(stage).Plays, stage.OpenViews));
        Assert.Equal(TimeSpan.FromSeconds(9), Totals(stage).Play);
    }

    [Fact]
    public void Consume_ViewsThatComeAndGo_AllocatesNothingAfterWarmUp()
    {
        var stage = new SessionStage(
            new Vocabulary(),
            new SessionOptions { MaxEndedViews = 1_024 },
            new MetricsOptions { MaxConcurrencyPoints = 8_192, ConcurrencyRetention = TimeSpan.FromMinutes(5) },
            facts: new CountingFacts());
        var batch = new StreamEvent[64];
        ulong made = 0;
        void Run(int batches)
        {
            for (int i = 0; i < batches; i++)
            {
                made = Fill(batch, made);
                stage.Consume(new EventBatch(0, batch, annex: null));
                stage.AdvanceTo(batch[^1].Time);
            }
        }

        Run(8_000);

        Assert.Equal(0, Allocations.Least(() => Run(4_000)));
        Assert.True(Totals(stage).Stalls > 1_000);
    }

    // Each view has sixteen events, among them a stall; eight views are open at once, and one ends about every four seconds.
    private static ulong Fill(Span<StreamEvent> batch, ulong made)
    {
        foreach (ref StreamEvent e in batch)
        {
            ulong view = (made / 128 * 8) + (made % 8) + 1;
            ulong step = made / 8 % 16;
            double seconds = made * 0.25;
            ulong title = view % 5;
            e = step switch
            {
                0 => Request(view, seconds, title),
                5 => Buffer(EventKind.BufferStart, view, seconds),
                6 => Buffer(EventKind.BufferEnd, view, seconds),
                15 => End(view, seconds),
                _ => Beat(view, seconds, bitrate: 1_000 + (int)(step / 4 * 500)),
            };
            e.Device = new DeviceId((view % 1_000) + 1);
            made++;
        }

        return made;
    }

    private static void Feed(SessionStage stage, params StreamEvent[] events) => stage.Consume(new EventBatch(0, events, annex: null));

    private static QualityMetrics Totals(SessionStage stage) => MetricsSnapshot.Merge([stage.Snapshot()]).Totals;

    private static StreamEvent Event(EventKind kind, ulong view, double seconds) => new()
    {
        Kind = kind,
        View = new ViewId(view),
        Device = new DeviceId(7),
        Time = Start + TimeSpan.FromSeconds(seconds),
    };

    private static StreamEvent Request(ulong view, double seconds, ulong title = 0)
    {
        StreamEvent e = Event(EventKind.PlaybackRequest, view, seconds);
        e.Title = new TitleId(title + 1);
        e.PayloadAs<PlaybackRequestPayload>() = new() { PlayheadMicroseconds = Absent.Time, Row = Absent.Number, Position = Absent.Number };
        return e;
    }

    private static StreamEvent Beat(ulong view, double seconds, int bitrate = Absent.Number)
    {
        StreamEvent e = Event(EventKind.Heartbeat, view, seconds);
        e.PayloadAs<HeartbeatPayload>() = new()
        {
            PlayheadMicroseconds = Absent.Time, IntervalMicroseconds = 5_000_000, BitrateKbps = bitrate, State = PlayerState.Playing,
        };
        return e;
    }

    private static StreamEvent Buffer(EventKind kind, ulong view, double seconds)
    {
        StreamEvent e = Event(kind, view, seconds);
        e.PayloadAs<BufferPayload>() = new() { DurationMicroseconds = Absent.Time };
        return e;
    }

    private static StreamEvent End(ulong view, double seconds)
    {
        StreamEvent e = Event(EventKind.PlaybackEnd, view, seconds);
        e.PayloadAs<PlaybackEndPayload>() = new() { PlayheadMicroseconds = Absent.Time, Reason = EndReason.Quit };
        return e;
    }

    private sealed class CountingFacts : IViewFactConsumer
    {
        public long Count { get; private set; }

        public void Consume(ReadOnlySpan<ViewFact> facts) => Count += facts.Length;
    }
}
