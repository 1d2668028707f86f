using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

public sealed class RecommenderLoadTests
{
    [Fact]
    public void Rank_OneHundredCandidates_AllocatesNothingOnceWarm()
    {
        using Stage stage = Filled(100);
        var slate = new RankedTitle[20];
        var id = new byte[RankRequest.IdLength];
        ulong round = 0;
        int slots = 0;
        long allocated = Allocations.Least(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                var request = new RankRequest
                {
                    Id = RankRequest.FormatId(round, id),
                    Surface = SurfaceNames.Home,
                    Time = World.At(100_000 + (round * 0.01)),
                    Viewer = World.Viewer(round % 20),
                    Consent = ConsentPurposes.All,
                };
                slots += stage.Recommender.Rank(request, slate);
                round++;
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal((int)round * 20, slots);
        Assert.Equal((int)round * 20, stage.Recommender.Totals.DecisionsWritten);
    }

    [Fact]
    public void Rank_ManyThreadsWhileFactsArrive_EveryDecisionIsWrittenOnceAndSlatesAreWhole()
    {
        using Stage stage = Filled(100, new RecommenderOptions { MaxConcurrentRequests = 3 });
        const int Threads = 6;
        const int Rounds = 500;
        int ranking = Threads;
        var writer = new Thread(() =>
        {
            var random = new Random(3);
            for (int i = 0; Volatile.Read(ref ranking) > 0; i++)
            {
                stage.Recommender.Consume([World.Fact(ViewFactKind.FirstFrame, $"m{random.Next(100)}", (ulong)random.Next(20), 100_000 + i)]);
            }
        });
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            RankRepeatedly(stage, thread, Rounds);
            Interlocked.Decrement(ref ranking);
        }))];
        writer.Start();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60))));
        Assert.True(writer.Join(TimeSpan.FromSeconds(60)));

        Assert.InRange(stage.Receivers.Count, 1, 3);
        Assert.Equal(
            new RecommenderTotals(Threads * Rounds, 0, Threads * Rounds * 20, Threads * Rounds * 20, 0, 0),
            stage.Recommender.Totals);
        Assert.Equal(Threads * Rounds * 20, stage.Decisions.Select(decision => decision.Id).Distinct().Count());
    }

    [Fact]
    public void Rank_ReceiverFactoryThatFails_FailsThatRequestOnly()
    {
        var world = new World();
        int calls = 0;
        using Recommender recommender = Recommender
            .CreateBuilder(world.Vocabulary, world.Pseudonymizer, new RecommenderOptions { MaxConcurrentRequests = 1 })
            .WriteDecisionsTo(() => ++calls == 1 ? throw new InvalidOperationException("not yet") : new CollectingReceiver())
            .Build();
        recommender.Catalogue.Apply(World.Row("a"), default);

        Assert.Throws<InvalidOperationException>(() => RankOnce(recommender));
        Assert.Equal(1, RankOnce(recommender));
    }

    private static int RankOnce(Recommender recommender) => recommender.Rank(
        new RankRequest { Id = "r"u8, Surface = SurfaceNames.Home, Time = World.At(0), Consent = ConsentPurposes.All },
        new RankedTitle[1]);

    private static void RankRepeatedly(Stage stage, int thread, int rounds)
    {
        var slate = new RankedTitle[20];
        var id = new byte[RankRequest.IdLength];
        for (int round = 0; round < rounds; round++)
        {
            var request = new RankRequest
            {
                Id = RankRequest.FormatId((ulong)((thread * rounds) + round), id),
                Surface = SurfaceNames.Home,
                Time = World.At(100_000 + round),
                Viewer = World.Viewer((ulong)(round % 20)),
                Consent = ConsentPurposes.All,
            };
            Assert.Equal(20, stage.Recommender.Rank(request, slate));
            Assert.Equal(20, slate.Select(ranked => ranked.Title).Distinct().Count());
            Assert.Equal(slate.OrderByDescending(ranked => ranked.Score).ThenBy(ranked => ranked.Title.Value), slate);
        }
    }

    private static Stage Filled(int titles, RecommenderOptions? options = null)
    {
        var stage = new Stage(options);
        stage.AddTitles([.. Enumerable.Range(0, titles).Select(i => $"m{i}")]);
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            stage.Play($"m{random.Next(titles)}", (ulong)random.Next(20), i * 10, random.Next(10, 1000));
        }

        return stage;
    }
}
