using StreamSense.Contracts;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

public sealed class HotSwapTests
{
    private const int Threads = 32;
    private const int Rounds = 100;
    private const int Titles = 60;

    private readonly World _world = new();

    [Fact]
    public void Rank_ManyThreadsWhileModelsSwapAndFactsArrive_EachAnswerIsOfOneModel()
    {
        var slot = new ModelSlot(Model(0));
        var log = new CheckingLog();
        int lost = 0;
        RecommenderBuilder builder = Recommender.CreateBuilder(
            _world.Vocabulary, _world.Pseudonymizer, new RecommenderOptions { MaxConcurrentRequests = 8 });
        using Recommender recommender = builder
            .AddSurface("s", surface => surface
                .From(new TrendingCandidates(builder.Catalogue))
                .RankBy(slot)
                .Then(new DiversityStage()))
            .WriteDecisionsTo(() => new TakingReceiver())
            .LogDecisionsTo(log)
            .Build();
        Fill(recommender);
        int ranking = Threads;
        var swapper = new Thread(() =>
        {
            for (int version = 1; Volatile.Read(ref ranking) > 0; version++)
            {
                slot.Publish(Model(version % 50));
            }
        });
        var feeder = new Thread(() =>
        {
            var random = new Random(2);
            for (int i = 0; Volatile.Read(ref ranking) > 0; i++)
            {
                recommender.Consume(
                    [World.Fact(ViewFactKind.FirstFrame, $"t{random.Next(Titles)}", (ulong)random.Next(20), 1000 + i)]);
                if (i % 10 == 0)
                {
                    StreamEvent row = World.Row($"t{random.Next(Titles)}", time: World.At(i));
                    recommender.Consume(new EventBatch(0, [row], annex: null));
                }
            }
        });
        Thread[] rankers = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            Interlocked.Add(ref lost, RankRepeatedly(recommender, thread));
            Interlocked.Decrement(ref ranking);
        }))];
        swapper.Start();
        feeder.Start();
        Array.ForEach(rankers, thread => thread.Start());
        Array.ForEach(rankers, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(120))));
        Assert.True(swapper.Join(TimeSpan.FromSeconds(60)) && feeder.Join(TimeSpan.FromSeconds(60)));

        Assert.Equal(0, lost);
        Assert.Equal(0, log.Torn);
        Assert.Equal(Threads * Rounds, log.Records);
        Assert.Equal(0, recommender.Totals.Fallbacks + recommender.Totals.Failures);
        Assert.Equal(Threads * Rounds, recommender.Totals.RankingsLogged);
    }

    [Fact]
    public void Rank_WholeSurface_AllocatesNothingOnceWarm()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_world.Vocabulary, _world.Pseudonymizer);
        using Recommender recommender = builder
            .AddSurface("s", surface => surface
                .From(
                    new ContinueWatchingCandidates(builder.History),
                    new NewTitleCandidates(builder.Catalogue),
                    new TrendingCandidates(builder.Catalogue))
                .Where(new Ml.Candidates.Filters.WatchedFilter(builder.History), new Ml.Candidates.Filters.MaturityFilter())
                .RankBy(Model(1))
                .ShadowWith(Model(2))
                .Then(new DiversityStage(), new CapStage(TitleAttribute.Genre, 3), new PinStage(new PinnedTitle(0, World.Title("t5")))))
            .WriteDecisionsTo(() => new TakingReceiver())
            .LogDecisionsTo(new TakingLog())
            .Build();
        Fill(recommender);
        var slate = new RankedTitle[20];
        var id = new byte[RankRequest.IdLength];
        ulong round = 0;

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                recommender.Rank(RequestOf(RankRequest.FormatId(++round, id), round % 20), slate);
            }
        }));
        Assert.Equal(0, recommender.Totals.Failures + recommender.Totals.Fallbacks);
    }

    private static int RankRepeatedly(Recommender recommender, int thread)
    {
        var slate = new RankedTitle[10];
        var id = new byte[RankRequest.IdLength];
        int wrong = 0;
        for (int round = 0; round < Rounds; round++)
        {
            ulong number = (ulong)((thread * Rounds) + round);
            int count = recommender.Rank(RequestOf(RankRequest.FormatId(number, id), number % 20), slate);
            wrong += count == 10 && slate.Select(ranked => ranked.Title).Distinct().Count() == 10 ? 0 : 1;
        }

        return wrong;
    }

    private static RankRequest RequestOf(ReadOnlySpan<byte> id, ulong viewer) => new()
    {
        Id = id, Surface = "s", Time = World.At(5000), Viewer = World.Viewer(viewer), Consent = ConsentPurposes.All,
    };

    // Each version has weights of its own, so that scores tell by which they were made.
    private static LinearRanker Model(int version) => new(
        new LinearModel(
            "swap",
            version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [new FeatureWeight(FeatureNames.TitlePlays, 1 + version), new FeatureWeight(FeatureNames.TitleFreshness, version)],
            Bias: version * 0.5f),
        StandardFeatures.Basic.Layout);

    private void Fill(Recommender recommender)
    {
        for (int i = 0; i < Titles; i++)
        {
            recommender.Catalogue.Apply(
                World.Row($"t{i}", TimeSpan.FromSeconds(1000), World.At(-i * 3600)),
                System.Text.Encoding.UTF8.GetBytes($"\"genres\":[\"g{i % 6}\"]"));
            recommender.Consume([World.Fact(ViewFactKind.FirstFrame, $"t{i * 7 % Titles}", (ulong)(i % 20), i)]);
        }
    }

    // Scores the candidates once more, by the model that the record names and the features that it carries.
    private sealed class CheckingLog : IDecisionLog
    {
        private readonly LinearRanker[] _models = [.. Enumerable.Range(0, 50).Select(Model)];
        private int _torn;
        private int _records;

        public int Torn => Volatile.Read(ref _torn);

        public int Records => Volatile.Read(ref _records);

        public bool TryAppend(in RankingRecord record)
        {
            LinearRanker model = _models[int.Parse(record.Model.Version, System.Globalization.CultureInfo.InvariantCulture)];
            var scores = new float[record.Candidates.Length];
            model.Score(
                default,
                new CandidateBatch(record.Candidates, record.Features, StandardFeatures.Basic.Layout),
                scores,
                new byte[model.ScratchBytes(scores.Length)]);
            Interlocked.Add(ref _torn, record.Scores.SequenceEqual(scores) && record.Chosen.Length == 10 ? 0 : 1);
            Interlocked.Increment(ref _records);
            return true;
        }
    }

    private sealed class TakingLog : IDecisionLog
    {
        public bool TryAppend(in RankingRecord record) => !record.Candidates.IsEmpty;
    }

    private sealed class TakingReceiver : IEventReceiver
    {
        private EventId _last;

        public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
        {
            _last = streamEvent.Id;
            return _last == default ? WriteOutcome.Refused : WriteOutcome.Written;
        }
    }
}
