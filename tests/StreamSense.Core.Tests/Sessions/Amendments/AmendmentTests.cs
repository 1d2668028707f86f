using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Metrics;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Sessions.Amendments;

public sealed class AmendmentTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly SessionOptions Unbounded = new()
    {
        AllowedLateness = TimeSpan.FromDays(365), AmendmentWindow = TimeSpan.FromDays(365),
    };

    [Fact]
    public void Consume_RandomViewsWithRandomLateness_IsWhatTheirOrderGives()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            List<string> lines = [.. new RandomViews(seed).Lines(6).Select(WithoutDevice)];
            var vocabulary = new Vocabulary();
            List<StreamEvent> events = EngineMeasure.EventsOf(lines, vocabulary);
            Outcome inOrder = Run(vocabulary, events);
            Outcome late = Run(vocabulary, ByArrival(events, new Random(seed), Window));

            Assert.Equal(0, late.Stage.UnamendedEvents);
            AssertSame(inOrder, late, seed);
        }
    }

    [Fact]
    public void Consume_EventsOfOneViewInAnyOrder_GivesOneRecordAndOneSum()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var vocabulary = new Vocabulary();
            List<StreamEvent> events = EngineMeasure.EventsOf(
                new Script().Request(0).At(1, "playback_start").Beat(5, fields: "'playheadMs':4000,'bitrateKbps':800")
                    .At(8, "buffer_start").At(9, "pause").At(12, "resume").At(14, "buffer_end").At(20, "seek_start", "'playheadMs':10000")
                    .At(21, "seek_end", "'playheadMs':90000").Beat(30, fields: "'playheadMs':99000,'bitrateKbps':2000").End(40).Lines,
                vocabulary);
            StreamEvent[] shuffled = [.. events];
            new Random(seed).Shuffle(shuffled);

            AssertSame(Run(vocabulary, events), Run(vocabulary, shuffled), seed);
        }
    }

    [Fact]
    public void Consume_AnEventAfterTheEndThatBelongsBeforeIt_CorrectsTheRecord()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script().Play().At(10, "buffer_start").At(13, "buffer_end").End(30).Lines, vocabulary);
        StreamEvent late = events[3];
        events.RemoveAt(3);
        events.Add(late);
        Outcome outcome = Run(vocabulary, events);

        PlaybackSession session = outcome.Sessions.Only;
        Assert.Equal((2, 1, 3_000_000L), (session.Version, session.Stalls, session.Times.Rebuffering));
        Assert.Equal((1, 1L), (outcome.Sessions.Retracted, outcome.Stage.AmendedEvents));
        Assert.Equal((1, TimeSpan.FromSeconds(27)), (outcome.Metrics.Stalls, outcome.Metrics.Play));
    }

    [Fact]
    public void Consume_EventsOfOneInstant_ApplyAsTheyCome()
    {
        // Whatever their ids hash to: a pause of no length that was closed before it was opened would never end.
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script().Play().At(10, "pause").At(10, "resume").End(30).Lines, vocabulary);
        for (int i = 0; i < events.Count; i++)
        {
            events[i] = events[i] with { Id = new EventId((ulong)(events.Count - i)) };
        }

        PlaybackSession session = Run(vocabulary, events).Sessions.Only;
        Assert.Equal((1, 0L), (session.Version, session.Times.Paused));
    }

    [Fact]
    public void Consume_ALateRequest_MakesTheStartupKnown()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(new Script().Request(0).At(2, "playback_start").Beat(10).Lines, vocabulary);
        Outcome outcome = Run(vocabulary, [events[1], events[2], events[0]]);

        Assert.Equal(2_000_000, outcome.Sessions.Only.StartupMicroseconds);
        Assert.Equal(1, outcome.Metrics.Attempts);
    }

    [Fact]
    public void Consume_ALateHeartbeatWithinASilence_Reopens()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(new Script().Play().Beat(10).Beat(500).Beat(1000).End(1001).Lines, vocabulary);
        Outcome outcome = Run(vocabulary, [events[0], events[1], events[2], events[4], events[3], events[5]]);

        Assert.False(outcome.Sessions.Only.BySilence);
        Assert.Equal(EndReason.Quit, outcome.Sessions.Only.Reason);
    }

    [Fact]
    public void Consume_ALateEventOfASupersededView_LeavesItSuperseded()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", "'device':'d'", "one")
                .At(5, "pause", "'device':'d'", "one").Request(20, "'device':'d'", "two", "b").Lines,
            vocabulary);
        Outcome outcome = Run(vocabulary, [events[0], events[1], events[3], events[2]]);
        PlaybackSession first = outcome.Sessions.All.Single(session => session.Reason == EndReason.Superseded);

        Assert.Equal((2, 4_000_000L, 15_000_000L), (first.Version, first.Times.Playing, first.Times.Paused));
        AssertSame(Run(vocabulary, events), outcome, seed: 0);
    }

    [Fact]
    public void Consume_ALateRequestOfAnotherTitle_EndsTheOlderViewWhereItWas()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", "'device':'d'", "one")
                .Request(20, "'device':'d'", "two", "b").Beat(30, view: "one", fields: "'device':'d'").Lines,
            vocabulary);
        Outcome outcome = Run(vocabulary, [events[0], events[1], events[3], events[2]]);

        AssertSame(Run(vocabulary, events), outcome, seed: 0);
        Assert.Contains(outcome.Sessions.All, session => session.Reason == EndReason.Superseded && session.Times.Playing == 19_000_000);
    }

    [Fact]
    public void Consume_RandomViewsOfFewPlayersEachAfterTheOther_IsWhatTheirOrderGives()
    {
        // As the files of two shards are read, one after the other: a view may come whole after those that superseded it.
        for (int seed = 0; seed < 60; seed++)
        {
            var vocabulary = new Vocabulary();
            List<StreamEvent>[] views = [.. EngineMeasure.EventsOf(new RandomViews(seed).Lines(12), vocabulary)
                .GroupBy(e => e.View).Select(view => WithoutLaterRequests([.. view]))];
            List<StreamEvent> inOrder = [.. views.SelectMany(view => view).OrderBy(e => e.Time.UnixMicroseconds)];
            new Random(seed).Shuffle(views);
            AssertSame(Run(vocabulary, inOrder), Run(vocabulary, [.. views.SelectMany(view => view)], Unbounded), seed);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1500)]
    public void Consume_AViewThatComesAfterTheRequestThatEndedIt_EndsThere(int beats)
    {
        var vocabulary = new Vocabulary();
        Script one = new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", "'device':'d'", "one");
        for (int beat = 1; beat <= beats; beat++)
        {
            one.Beat(beat * 10, view: "one", fields: "'device':'d'");
        }

        int first = one.Lines.Count;
        Script both = one.Request((beats * 10) + 5, "'device':'d'", "two", "b").At((beats * 10) + 6, "playback_start", "'device':'d'", "two");
        for (int beat = 1; beat <= 100; beat++)
        {
            both.Beat((beats * 10) + (beat * 10), view: "two", fields: "'device':'d'");
        }

        List<StreamEvent> events = EngineMeasure.EventsOf(both.Lines, vocabulary);
        Outcome outcome = Run(vocabulary, [.. events[first..], .. events[..first]], new SessionOptions { AllowedLateness = Window });

        AssertSame(Run(vocabulary, events), outcome, seed: 0);
        PlaybackSession ended = outcome.Sessions.All.Single(session => session.Reason == EndReason.Superseded);
        Assert.Equal(((beats * 10) + 4) * 1_000_000L, ended.Times.Playing);
        Assert.Equal(0, outcome.Stage.UnamendedEvents);
    }

    [Fact]
    public void Consume_ALateRequestBeforeTheEndOfTheViewItSupersedes_EndsItThere()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", "'device':'d'", "one")
                .Request(20, "'device':'d'", "two", "b").At(23, "playback_end", "'device':'d','reason':'quit'", "one").Lines,
            vocabulary);
        Outcome outcome = Run(vocabulary, [events[0], events[1], events[3], events[2]]);

        AssertSame(Run(vocabulary, events), outcome, seed: 0);
        Assert.Contains(outcome.Sessions.All, session => session.Reason == EndReason.Superseded && session.Times.Playing == 19_000_000);
    }

    [Fact]
    public void Consume_AnEventBeforeAllThatIsKept_AppliesWhereTheViewIsAndIsCounted()
    {
        var vocabulary = new Vocabulary();
        Script script = new Script().Play();
        for (int i = 1; i <= 60; i++)
        {
            script.Beat(i * 10);
        }

        List<StreamEvent> events = EngineMeasure.EventsOf(script.Lines, vocabulary);
        StreamEvent late = events[5];
        events.RemoveAt(5);
        events.Add(late);
        Outcome outcome = Run(vocabulary, events, new SessionOptions
        {
            AllowedLateness = Window, AmendmentWindow = TimeSpan.FromMinutes(1),
        });

        Assert.Equal((0, 1L), (outcome.Stage.AmendedEvents, outcome.Stage.UnamendedEvents));
        Assert.Equal(600_000_000, outcome.Sessions.Only.Times.Playing);
    }

    [Fact]
    public void Consume_WithoutLateness_KeepsNothing()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(new Script().Play().Beat(10).End(20).Lines, vocabulary);
        Outcome outcome = Run(vocabulary, [events[0], events[2], events[1], events[3]], new SessionOptions());

        Assert.Equal((0, 0, 0), (outcome.Stage.HistoryBytes, outcome.Stage.AmendedEvents, outcome.Stage.UnamendedEvents));
    }

    [Fact]
    public void Consume_MoreHistoryThanThereIsRoomFor_KeepsCountingAndSaysSo()
    {
        var vocabulary = new Vocabulary();
        List<StreamEvent> events = EngineMeasure.EventsOf(
            new RandomViews(5).Lines(40).Select(WithoutDevice), vocabulary);
        var small = new SessionOptions { AllowedLateness = Window, AmendmentWindow = Window, MaxHistoryEvents = 256 };
        Outcome bounded = Run(vocabulary, events, small);

        Assert.True(bounded.Stage.ShortenedHistories > 0);
        AssertSame(Run(vocabulary, events), bounded, seed: 5);

        // What is late finds its view's past or does not: nothing breaks, and no attempt is counted twice.
        Outcome late = Run(vocabulary, ByArrival(events, new Random(1), Window), small);
        Assert.InRange(late.Metrics.Attempts, 1, bounded.Metrics.Attempts);
        Assert.Equal(late.Metrics.Attempts, late.Sessions.All.Count);
    }

    private static void AssertSame(Outcome expected, Outcome actual, int seed)
    {
        int same = expected.Report.Zip(actual.Report).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            expected.Report == actual.Report,
            $"seed {seed}: {expected.Report[Math.Max(0, same - 300)..Math.Min(expected.Report.Length, same + 80)]}\n"
            + actual.Report[Math.Max(0, same - 80)..Math.Min(actual.Report.Length, same + 80)]);
        Assert.Equal(expected.Sessions.All.Count, actual.Sessions.All.Count);
        foreach (PlaybackSession session in expected.Sessions.All)
        {
            int place = actual.Sessions.All.FindIndex(other => other.View == session.View);
            PlaybackSession corrected = actual.Sessions.All[place];
            corrected.Version = session.Version;
            Assert.Equal(session, corrected);
            Assert.Equal(
                expected.Sessions.Watched[expected.Sessions.All.IndexOf(session)], actual.Sessions.Watched[place]);
        }
    }

    // Every event arrives up to the window late, and events of a view without a clear order keep theirs.
    private static List<StreamEvent> ByArrival(List<StreamEvent> events, Random random, TimeSpan window) =>
        [.. events.Select(e => (e, at: e.Time + (random.Next(3) == 0 ? random.NextDouble() * window : TimeSpan.Zero)))
            .OrderBy(pair => pair.at).Select(pair => pair.e)];

    // One sent in a view that has ended changes nothing, which may be found out only after it has.
    private static List<StreamEvent> WithoutLaterRequests(List<StreamEvent> view) =>
        [.. view.Where((e, place) => place == 0 || e.Kind != EventKind.PlaybackRequest)];

    private static string WithoutDevice(string line) => line.Replace("\"device\":", "\"devicex\":", StringComparison.Ordinal);

    private static Outcome Run(Vocabulary vocabulary, IReadOnlyList<StreamEvent> events, SessionOptions? options = null)
    {
        var sessions = new CollectingSessions();
        var stage = new SessionStage(
            vocabulary,
            options ?? new SessionOptions { AllowedLateness = Window, AmendmentWindow = Window },
            new MetricsOptions { WindowCount = 10_000, WindowLength = TimeSpan.FromMinutes(1) },
            sessions: sessions);
        stage.Consume(new EventBatch(0, [.. events], annex: null));
        stage.CloseAll();
        return new Outcome(stage, sessions);
    }

    private sealed class Outcome(SessionStage stage, CollectingSessions sessions)
    {
        internal SessionStage Stage { get; } = stage;

        internal CollectingSessions Sessions { get; } = sessions;

        internal QualityMetrics Metrics => MetricsSnapshot.Merge([Stage.Snapshot()]).Totals;

        internal string Report { get; } = EngineMeasure.ReportOf(MetricsSnapshot.Merge([stage.Snapshot()]));
    }
}
