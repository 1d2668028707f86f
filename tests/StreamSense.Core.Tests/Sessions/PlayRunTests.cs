using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Sessions;

public sealed class PlayRunTests
{
    [Fact]
    public void Apply_RandomBeats_GivesTheBitsThatTellingEveryEventGives()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var options = new MetricsOptions
            {
                WindowCount = (seed % 4) switch { 0 => 0, 1 => 2, _ => 180 },
                MaxWindowCells = seed % 3 == 0 ? 7 : 65_536,
                MaxGroupValues = seed % 5 == 0 ? 2 : 10_000,
            };
            var vocabulary = new Vocabulary();
            StreamEvent[] events = new RandomBeats(seed).Take(3_000, vocabulary);
            Outcome waiting = Run(vocabulary, options, events, mayWait: true, trace: null);
            AssertSame(Run(vocabulary, options, events, mayWait: false, trace: null), waiting, seed);

            // A trace is shown every event by the general way, with runs that wait all the same.
            AssertSame(Run(vocabulary, options, events, mayWait: true, new SilentTrace()), waiting, seed);
        }
    }

    [Fact]
    public void Apply_BeatsThatChangeNothing_TellOnceAWindow()
    {
        int RunsOf(bool mayWait)
        {
            var vocabulary = new Vocabulary();
            StreamEvent[] events = new RandomBeats(1).Take(3_000, vocabulary);
            return Run(vocabulary, new MetricsOptions(), events, mayWait, trace: null).Told;
        }

        Assert.InRange(RunsOf(mayWait: true), 1, RunsOf(mayWait: false) * 2 / 3);
    }

    [Fact]
    public void Snapshot_WhileRunsWait_HoldsThemAndChangesNothing()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var vocabulary = new Vocabulary();
            StreamEvent[] events = new RandomBeats(seed).Take(600, vocabulary);
            Contender waiting = Make(vocabulary, new MetricsOptions(), mayWait: true, trace: null);
            Contender telling = Make(vocabulary, new MetricsOptions(), mayWait: false, trace: null);
            foreach (ref readonly StreamEvent e in events.AsSpan())
            {
                waiting.Tracker.Apply(e);
                telling.Tracker.Apply(e);
                if (e.Id.Value % 37 == 0)
                {
                    MetricsPartial expected = telling.Recorder.Snapshot(vocabulary, telling.Tracker);
                    AssertSame(expected, waiting.Recorder.Snapshot(vocabulary, waiting.Tracker), seed);
                }
            }
        }
    }

    private static Outcome Run(Vocabulary vocabulary, MetricsOptions options, StreamEvent[] events, bool mayWait, ISessionTrace? trace)
    {
        Contender contender = Make(vocabulary, options, mayWait, trace);
        SessionTracker tracker = contender.Tracker;
        for (int from = 0; from < events.Length; from += 100)
        {
            ReadOnlySpan<StreamEvent> batch = events.AsSpan(from, Math.Min(100, events.Length - from));
            tracker.Begin(batch);
            for (int i = 0; i < batch.Length; i++)
            {
                tracker.ApplyNext(batch, i);
            }
        }

        MetricsPartial open = contender.Recorder.Snapshot(vocabulary, tracker);
        tracker.CloseAll();
        tracker.Flush();
        return new Outcome(
            open, contender.Recorder.Snapshot(vocabulary, tracker), contender.Sessions, contender.Facts, contender.Observer.Told);
    }

    private static Contender Make(Vocabulary vocabulary, MetricsOptions options, bool mayWait, ISessionTrace? trace)
    {
        var recorder = new MetricsRecorder(options);
        var observer = new CountingObserver(recorder, mayWait);
        var facts = new CollectingFacts();
        var sessions = new CollectingSessions();
        var tracker = new SessionTracker(
            vocabulary.Contexts, new SessionOptions(), observer, new TitleTable(vocabulary), facts, sessions, trace);
        return new Contender(tracker, recorder, observer, sessions, facts);
    }

    private static void AssertSame(Outcome expected, Outcome actual, int seed)
    {
        Assert.True(expected.Sessions.All.SequenceEqual(actual.Sessions.All), $"Sessions of seed {seed} differ.");
        Assert.True(expected.Facts.All.SequenceEqual(actual.Facts.All), $"Facts of seed {seed} differ.");
        Assert.Equal(expected.Sessions.Watched, actual.Sessions.Watched);
        AssertSame(expected.Open, actual.Open, seed);
        AssertSame(expected.Closed, actual.Closed, seed);
    }

    private static void AssertSame(MetricsPartial expected, MetricsPartial actual, int seed)
    {
        AssertSame(expected.Cells, actual.Cells, $"All time of seed {seed}");
        Assert.Equal(expected.WindowedCells.Keys, actual.WindowedCells.Keys);
        foreach (long window in expected.WindowedCells.Keys)
        {
            AssertSame(expected.WindowedCells[window], actual.WindowedCells[window], $"Window {window} of seed {seed}");
        }
    }

    private static void AssertSame(
        IReadOnlyDictionary<GroupKey, MetricCell> expected, IReadOnlyDictionary<GroupKey, MetricCell> actual, string what)
    {
        Assert.True(expected.Keys.ToHashSet().SetEquals(actual.Keys), $"{what}: other groups.");
        foreach (GroupKey group in expected.Keys)
        {
            Assert.True(expected[group].Sums.Equals(actual[group].Sums), $"{what}: {group} differs.");
        }
    }

    private sealed record Contender(
        SessionTracker Tracker, MetricsRecorder Recorder, CountingObserver Observer, CollectingSessions Sessions, CollectingFacts Facts);

    private sealed record Outcome(
        MetricsPartial Open, MetricsPartial Closed, CollectingSessions Sessions, CollectingFacts Facts, int Told);

    private sealed class CountingObserver(ISessionObserver inner, bool mayWait) : ISessionObserver
    {
        public int Told { get; private set; }

        public int Sign
        {
            get => inner.Sign;
            set => inner.Sign = value;
        }

        public ViewGroups GroupsOf(in ViewDimensions dimensions) => inner.GroupsOf(dimensions);

        public void Expect(in ViewGroups groups) => inner.Expect(groups);

        public long WaitUntil(in ViewGroups groups, long end) => mayWait ? inner.WaitUntil(groups, end) : PlayRuns.Never;

        public void OnAttempt(in ViewGroups groups, EventTime time) => inner.OnAttempt(groups, time);

        public void OnFirstFrame(in ViewGroups groups, EventTime time) => inner.OnFirstFrame(groups, time);

        public void OnStartup(long startupMicroseconds) => inner.OnStartup(startupMicroseconds);

        public void OnContentStartup(long startupMicroseconds) => inner.OnContentStartup(startupMicroseconds);

        public void OnTime(in CreditedTime time)
        {
            Told++;
            inner.OnTime(time);
        }

        public void OnStartingOfPlay(in CreditedTime time) => inner.OnStartingOfPlay(time);

        public void OnStall(in ViewGroups groups, EventTime time) => inner.OnStall(groups, time);

        public void OnFirstStall(in ViewGroups playGroups) => inner.OnFirstStall(playGroups);

        public void OnBitrateSwitch(in ViewGroups groups, EventTime time) => inner.OnBitrateSwitch(groups, time);

        public void OnEnd(in ViewEnding ending) => inner.OnEnd(ending);
    }

    private sealed class SilentTrace : ISessionTrace
    {
        public void OnEvent(in ViewRow view, in StreamEvent e)
        {
        }

        public void OnCredit(in ViewRow view, in CreditedTime time, CreditRule rule, long limit)
        {
        }

        public void OnUnknown(in ViewRow view, long start, long length, CreditRule rule, long limit)
        {
        }

        public void OnHeld(in ViewRow view, long start, long length)
        {
        }

        public void OnNote(in ViewRow view, ViewNote note)
        {
        }

        public void OnApplied(in ViewRow view)
        {
        }

        public void OnEnd(in ViewRow view, EventTime time, ViewNote cause)
        {
        }
    }
}
