using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

/// <summary>What every model that learns as events come promises, and what each does.</summary>
public sealed class OnlineModelTests
{
    public static TheoryData<string> Names => ["trending", "item-knn", "isgd"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_AnybodyAtAnyTime_IsFinite(string name)
    {
        IOnlineModel model = Model(name, 30, 20);
        var scores = new float[20];
        model.Score(3, Tastes.Time(0), scores);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));

        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            // Years pass, an instant is told twice, and one comes late.
            model.Observe(new Interaction(random.Next(30), random.Next(20), 1, Tastes.Time((i * 50) - (i % 7 == 0 ? 500 : 0))));
        }

        foreach (int user in new[] { -1, 3, 29, 1_000_000 })
        {
            model.Score(user, Tastes.Time(3000 * 50), scores);
            Assert.All(scores, score => Assert.True(float.IsFinite(score)));
            Assert.NotEqual(0, scores.Max());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Observe_WhatIsNotThere_IsRefused(string name)
    {
        IOnlineModel model = Model(name, 30, 20);

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Observe(new Interaction(30, 0, 1, Tastes.Time(0))));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Observe(new Interaction(0, 20, 1, Tastes.Time(0))));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Observe(new Interaction(-1, 0, 1, Tastes.Time(0))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ObserveAndScore_Warm_AllocateNothing(string name)
    {
        IOnlineModel model = Model(name, 30, 20);
        var scores = new float[20];
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                model.Observe(new Interaction(i % 30, i * 7 % 20, 1, Tastes.Time((round * 100) + i)));
                model.Score(i % 30, Tastes.Time((round * 100) + i), scores);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("item-knn")]
    [InlineData("isgd")]
    public void Observe_PeopleWithTastes_FindsThem(string name)
    {
        IOnlineModel model = Model(name, 40, 20);
        var random = new Random(2);
        for (int i = 0; i < 6000; i++)
        {
            int user = random.Next(40);
            model.Observe(new Interaction(user, (user % 2) + (2 * random.Next(10)), 1, Tastes.Time(i * 0.1)));
        }

        var scores = new float[20];
        int understood = 0;
        for (int user = 0; user < 40; user++)
        {
            model.Score(user, Tastes.Time(600), scores);
            float own = Enumerable.Range(0, 10).Sum(i => scores[(2 * i) + (user % 2)]);
            float other = Enumerable.Range(0, 10).Sum(i => scores[(2 * i) + 1 - (user % 2)]);
            understood += own > other ? 1 : 0;
        }

        Assert.InRange(understood, 38, 40);
    }

    [Fact]
    public void Trending_HalfLifeGiven_IsTheSumOfWhatIsLeft()
    {
        var model = new OnlineTrending(5, 4, TimeSpan.FromHours(7));
        var random = new Random(3);
        List<Interaction> told = [.. Enumerable.Range(0, 400).Select(i => new Interaction(0, random.Next(4), 1, Tastes.Time(i * 9)))];
        told.ForEach(interaction => model.Observe(interaction));
        EventTime now = Tastes.Time((399 * 9) + 3);
        var scores = new float[4];

        model.Score(-1, now, scores);

        for (int item = 0; item < 4; item++)
        {
            double expected = told.Where(one => one.Item == item).Sum(one => Math.Pow(2, -(now - one.Time).TotalHours / 7));
            Assert.Equal(expected, scores[item], 1e-5);
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 100)]
    public void Trending_NoHalfLifeGiven_FindsOneThatFits(bool isFast, int days)
    {
        var model = new OnlineTrending(5, 50);
        var random = new Random(4);
        for (int i = 0; i < 5000; i++)
        {
            // Ten a day: either each day has an item of its own, or the same few lead for ever.
            int item = isFast ? i / 10 % 50 : Math.Min(random.Next(50), random.Next(50));
            model.Observe(new Interaction(0, item, 1, Tastes.Time(i * 2.4)));
        }

        Assert.Equal(TimeSpan.FromDays(days), model.HalfLife);
    }

    private static IOnlineModel Model(string name, int users, int items) => name switch
    {
        "trending" => new OnlineTrending(users, items),
        "item-knn" => new OnlineItemKnn(users, items, new OnlineItemKnnOptions { HistoryLength = 6, Neighbours = 8 }),
        _ => new OnlineFactors(users, items, new OnlineFactorsOptions { Dimensions = 8, RecentLength = 64 }),
    };
}
