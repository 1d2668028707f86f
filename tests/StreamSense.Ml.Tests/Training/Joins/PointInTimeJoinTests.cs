using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Tests.Ranking.Decisions;
using StreamSense.Ml.Tests.Scenes;
using StreamSense.Ml.Training.Joins;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Training.Joins;

public sealed class PointInTimeJoinTests
{
    private static readonly EventSelector Starts = new(FeatureSignal.ViewStarted);
    private static readonly EventSelector Clicks = new(EventKind.Click);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Of each way in: events, facts and sessions; of each scope that the simulation's audience gives something for.
    private static readonly FeatureSet Declared = new FeatureSetBuilder()
        .Add("title.plays", FeatureScope.Title, new DecayRule(Starts, Hour))
        .AddWindows("title.window", FeatureScope.Title, Starts, Hour, 24 * Hour)
        .Add("title.clicks", FeatureScope.Title, new TotalRule(Clicks))
        .Add("title.rating", FeatureScope.Title, new MeanRule(new EventSelector([EventKind.Rating], SignalValue.Rating, []), Hour))
        .Add("title.rate", FeatureScope.Title, new RateRule(Clicks, new EventSelector(EventKind.Impression), Hour))
        .Add("title.watch_ratio", FeatureScope.Title, new WatchRatioRule(Hour))
        .Add("title.stalls", FeatureScope.Title, new DecayRule(new EventSelector([FeatureSignal.Session], SignalValue.Stalls, []), Hour))
        .Add("title.disliked", FeatureScope.Title, new TotalRule(new EventSelector([FeatureSignal.ViewEnded], SignalValue.Disliked, [])))
        .Add("viewer.recency", FeatureScope.Viewer, new RecencyRule(Starts))
        .Add("viewer.stalls", FeatureScope.Viewer, new TotalRule(new EventSelector([FeatureSignal.Session], SignalValue.Stalls, [])))
        .Add("viewer.hours", FeatureScope.Viewer, new ProfileRule(Starts, ProfilePeriod.HourOfDay, 24 * Hour))
        .Add("viewer.visit", FeatureScope.Viewer, new VisitRule(VisitMeasure.Signals, Starts))
        .Add("viewer_title.plays", FeatureScope.ViewerTitle, new TotalRule(Starts))
        .Add("device.plays", FeatureScope.Device, new DecayRule(Starts, Hour))
        .Add("all.plays", FeatureScope.Global, new WindowRule(Starts, Hour))
        .Add("request.position", FeatureScope.Request, new RequestRule(RequestMeasure.Position))
        .Add("title.share", "title.plays / (all.plays + 1)")
        .Build();

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(2, true, 2)]
    public async Task Rebuild_LiveRunWithASimulatedAudience_EqualsWhatWasLoggedBitForBit(int seed, bool withinTurn, int shards)
    {
        LiveRun run = await LiveRun.PlayAsync(seed, withinTurn: withinTurn, shards: shards);
        var skew = new FeatureSkew(StandardFeatures.Streaming.Layout);
        long values = 0;
        long told = 0;

        PointInTimeCounts counts = new PointInTimeJoin(run.Recording, () => Standard(run.Vocabulary))
            .Rebuild(run.Log.OpenReader(), (in RankingRecord logged, ReadOnlySpan<float> rebuilt) =>
            {
                Assert.Equal(Rankings.Bits(logged.Features), Rankings.Bits(rebuilt));
                values += rebuilt.Length;
                told += Told(rebuilt);
                skew.Add(logged, rebuilt);
            });

        Assert.True(run.Rankings > 100, $"{run.Rankings} rankings");
        Assert.Equal(new PointInTimeCounts(run.Rankings, Missed: 0, Beyond: 0), counts);
        Assert.Equal(run.Rankings, skew.Rankings);
        Assert.Equal(0, skew.Different);

        // The test is worth something only if most values say something.
        Assert.True(told > values / 5, $"{told} of {values} values are neither missing nor 0");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Rebuild_EngineOfDeclaredFeatures_EqualsWhatWasLoggedBitForBit(int seed)
    {
        ReplayTarget Engine(Vocabulary names) => ReplayTarget.CreateEngine(Declared, names);
        LiveRun run = await LiveRun.PlayAsync(seed, create: Engine);
        var skew = new FeatureSkew(Declared.Layout);

        PointInTimeCounts counts =
            new PointInTimeJoin(run.Recording, () => Engine(run.Vocabulary)).Rebuild(run.Log.OpenReader(), skew.Add);

        Assert.Equal(new PointInTimeCounts(run.Rankings, Missed: 0, Beyond: 0), counts);
        Assert.True(skew.Different == 0, skew.ToString());
        Assert.Equal(Declared.Layout.Count, skew.Rows.Length);
    }

    [Fact]
    public async Task Rebuild_ReaderThatCountsFactsOnly_TakesEventsAsComeBefore()
    {
        ReplayTarget Facts(Vocabulary names)
        {
            var reader = new FactReader();
            return new ReplayTarget(reader, countsEvents: false).Feed(reader);
        }

        LiveRun run = await LiveRun.PlayAsync(seed: 6, create: Facts);
        var skew = new FeatureSkew(FactReader.Facts);

        PointInTimeCounts counts =
            new PointInTimeJoin(run.Recording, () => Facts(run.Vocabulary)).Rebuild(run.Log.OpenReader(), skew.Add);

        Assert.Equal(new PointInTimeCounts(run.Rankings, Missed: 0, Beyond: 0), counts);
        Assert.True(skew.Different == 0, skew.ToString());
    }

    [Fact]
    public async Task Rebuild_ThroughTheFileLog_EqualsToo()
    {
        LiveRun run = await LiveRun.PlayAsync(seed: 4);
        using var folder = new TemporaryFolder();
        using (var log = new FileDecisionLog(folder.Path, new FakeTimeProvider(), vocabulary: run.Vocabulary))
        {
            IDecisionReader live = run.Log.OpenReader();
            while (live.TryRead())
            {
                Assert.True(log.TryAppend(live.Current));
            }
        }

        using DecisionLogReader reader = DecisionLogReader.OpenFolder(folder.Path, run.Vocabulary);
        var skew = new FeatureSkew(StandardFeatures.Streaming.Layout);
        PointInTimeCounts counts = new PointInTimeJoin(run.Recording, () => Standard(run.Vocabulary))
            .Rebuild(reader, skew.Add);

        Assert.Equal((run.Rankings, run.Rankings, 0L), (counts.Rebuilt, skew.Rankings, skew.Different));
    }

    [Fact]
    public async Task Rebuild_LogOutOfOrderWithinTheWindow_RebuildsAll()
    {
        LiveRun run = await LiveRun.PlayAsync(seed: 5, viewers: 15);
        var shuffled = new MemoryDecisionLog(64 * 1024 * 1024);
        foreach (int[] chunk in Enumerable.Range(0, run.Rankings).Chunk(16))
        {
            foreach (int index in chunk.Reverse())
            {
                IDecisionReader all = run.Log.OpenReader();
                for (int i = 0; i <= index; i++)
                {
                    Assert.True(all.TryRead());
                }

                Assert.True(shuffled.TryAppend(all.Current));
            }
        }

        var join = new PointInTimeJoin(
            run.Recording, () => Standard(run.Vocabulary), new PointInTimeOptions { Window = 32 });
        var skew = new FeatureSkew(StandardFeatures.Streaming.Layout);
        Assert.Equal(run.Rankings, join.Rebuild(shuffled.OpenReader(), skew.Add).Rebuilt);
        Assert.Equal(0, skew.Different);

        var narrow = new PointInTimeJoin(
            run.Recording, () => Standard(run.Vocabulary), new PointInTimeOptions { Window = 1 });
        PointInTimeCounts counts = narrow.Rebuild(shuffled.OpenReader(), skew.Add);
        Assert.True(counts.Missed > 0);
        Assert.Equal(run.Rankings, counts.Rebuilt + counts.Missed + counts.Beyond);
        Assert.Equal(0, skew.Different);
    }

    [Fact]
    public async Task Rebuild_AnotherDefinitionThanServed_IsSkewThatTheReportNames()
    {
        LiveRun run = await LiveRun.PlayAsync(seed: 6, viewers: 15);
        FeatureSet other = FeatureSet.Parse(
            StandardFeatures.Streaming.ToJson().Replace("\"1d\"", "\"3h\"", StringComparison.Ordinal));
        var skew = new FeatureSkew(StandardFeatures.Streaming.Layout);

        new PointInTimeJoin(run.Recording, () => ReplayTarget.CreateEngine(other, run.Vocabulary))
            .Rebuild(run.Log.OpenReader(), skew.Add);

        Assert.True(skew.Rows.Single(row => row.Name == FeatureNames.TitlePlays).Different > 0);
        Assert.Equal(0, skew.Rows.Single(row => row.Name == FeatureNames.ViewerRecency).Different);
        Assert.StartsWith("feature", skew.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rebuild_ByTimeFromTheEventsAlone_ReadsWhatTheStreamHadSeen()
    {
        LiveRun run = await LiveRun.PlayAsync(seed: 7, viewers: 25);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, run.Lines);
            Vocabulary vocabulary = run.Vocabulary;
            NdjsonHistory history = NdjsonHistory.FromFiles([file], vocabulary, run.Pseudonymizer);
            var skew = new FeatureSkew(StandardFeatures.Streaming.Layout);

            PointInTimeCounts counts = new PointInTimeJoin(
                history, () => Standard(vocabulary), new PointInTimeOptions { By = PointInTimeBy.Time })
                .Rebuild(run.Log.OpenReader(), skew.Add);

            Assert.Equal(run.Lines.Count, history.LastRead!.Offered);
            Assert.Equal(run.Rankings, counts.Rebuilt + counts.Beyond);

            // Live, an event that shares the ranking's instant may come behind it, and silent views end by another clock: nearly all agree.
            long compared = skew.Rows.Sum(row => row.Values);
            Assert.True(skew.Different <= compared / 100, $"{skew.Different} of {compared}\n{skew}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rebuild_ByTime_TakesEverythingUpToTheMomentAndNothingLater()
    {
        var world = new WorldHistory();
        world.Fact(10, "a");
        world.Fact(20, "a");
        world.Fact(30, "b");
        world.Fact(25, "a");
        world.Fact(40, "a");
        TitleId[] titles = [World.Title("a"), World.Title("b")];
        double[] moments = [5, 10, 19, 29, 30, 39, 40, 41];

        var plays = new List<(double A, double B)>();
        PointInTimeCounts counts = world.Join(PointInTimeBy.Time).Rebuild(
            new PointInTimeQueries(moments.Select(at => new PointInTimeQuery(World.Query(1, at), [.. titles]))),
            (in RankingRecord asked, ReadOnlySpan<float> rebuilt) => plays.Add((Plays(rebuilt[0]), Plays(rebuilt[1]))));

        // The fact of second 25 came late, when the stream was at 30: a moment before that never saw it.
        Assert.Equal([(0, 0), (1, 0), (1, 0), (2, 0), (3, 1), (3, 1), (4, 1)], plays);
        Assert.Equal(new PointInTimeCounts(7, 0, 1), counts);
    }

    [Fact]
    public void Rebuild_ByPosition_StopsWithinARunOfFacts()
    {
        var world = new WorldHistory();
        world.Facts((10, "a"), (11, "a"), (12, "b"), (13, "a"));
        var plays = new List<(double A, double B)>();

        PointInTimeCounts counts = world.Join(PointInTimeBy.Position).Rebuild(
            new PointInTimeQueries(Enumerable.Range(0, 6).Select(position =>
                new PointInTimeQuery(World.Query(1, 13), [World.Title("a"), World.Title("b")]) { Position = position })),
            (in RankingRecord asked, ReadOnlySpan<float> rebuilt) => plays.Add((Plays(rebuilt[0]), Plays(rebuilt[1]))));

        Assert.Equal([(0, 0), (1, 0), (2, 0), (2, 1), (3, 1)], plays);
        Assert.Equal(new PointInTimeCounts(5, 0, 1), counts);
    }

    private static ReplayTarget Standard(Vocabulary names) => ReplayTarget.CreateEngine(StandardFeatures.Streaming, names);

    private static double Plays(float logarithm) => Math.Round(Math.Exp(logarithm) - 1);

    private static long Told(ReadOnlySpan<float> values)
    {
        long told = 0;
        foreach (float value in values)
        {
            told += float.IsNaN(value) || value == 0 ? 0 : 1;
        }

        return told;
    }

    /// <summary>A host's reader: the number of facts, of views alone.</summary>
    private sealed class FactReader : IFeatureReader, IViewFactConsumer
    {
        public static readonly FeatureLayout Facts = new(new FeatureDefinition("facts", FeatureScope.Title));

        public FeatureLayout Layout => Facts;

        public long Position { get; private set; }

        public void Consume(ReadOnlySpan<ViewFact> facts) => Position += facts.Length;

        public void Fill(in FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns) => columns.Fill(Position);
    }

    /// <summary>Facts in a recording, one run each unless said otherwise.</summary>
    private sealed class WorldHistory
    {
        private readonly EventRecording _recording = new();

        private readonly Vocabulary _vocabulary = new();

        public void Fact(double at, string title) => Facts((at, title));

        public void Facts(params ReadOnlySpan<(double At, string Title)> facts)
        {
            var run = new ViewFact[facts.Length];
            for (int i = 0; i < run.Length; i++)
            {
                run[i] = World.Fact(ViewFactKind.FirstFrame, facts[i].Title, 1, facts[i].At, playhead: 0);
            }

            ((IViewFactConsumer)_recording).Consume(run);
        }

        public PointInTimeJoin Join(PointInTimeBy by) =>
            new(_recording, () => ReplayTarget.CreateEngine(StandardFeatures.Streaming, _vocabulary), new PointInTimeOptions { By = by });

    }
}
