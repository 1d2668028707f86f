using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

/// <summary>A recommender that keeps declared features from what it is given.</summary>
public sealed class DeclaredFeatureTests
{
    private static readonly FeatureSet Features = new FeatureSetBuilder()
        .Add("title.plays", FeatureScope.Title, new TotalRule(new EventSelector(FeatureSignal.ViewStarted)))
        .Add("title.stalls", FeatureScope.Title, new TotalRule(new EventSelector([FeatureSignal.Session], SignalValue.Stalls, [])))
        .Add("title.clicks", FeatureScope.Title, new TotalRule(new EventSelector(EventKind.Click)))
        .Build();

    [Fact]
    public void ReadFeatures_DeclaredSet_IsFedWithEventsFactsAndSessions()
    {
        var world = new World();
        RecommenderBuilder builder = Recommender.CreateBuilder(world.Vocabulary, world.Pseudonymizer)
            .ReadFeatures(Features)
            .WithoutDecisions();
        using Recommender recommender = builder
            .AddSurface("home", Sum(), new TrendingCandidates(builder.Features, builder.Catalogue))
            .Build();
        recommender.Consume(new EventBatch(0, [World.Row("a"), World.Row("b")], annex: null));

        recommender.Consume([World.Fact(ViewFactKind.FirstFrame, "b", 1, 10, playhead: 0)]);
        var click = new StreamEvent { Kind = EventKind.Click, Title = World.Title("b"), Time = World.At(5) };
        recommender.Consume(new EventBatch(2, [click], annex: null));
        var session = new PlaybackSession
        {
            Title = World.Title("b"), Viewer = World.Viewer(1), Ended = World.At(100), Stalls = 3,
            DurationMicroseconds = Absent.Time, StartupMicroseconds = Absent.Time,
        };
        recommender.Add(session, []);

        Assert.Equal([("b", 113f), ("a", 0f)], Rank(world, recommender));
        recommender.Retract(session, []);
        Assert.Equal([("b", 11f), ("a", 0f)], Rank(world, recommender));
    }

    [Fact]
    public void ReadFeatures_Twice_Refuses()
    {
        var world = new World();
        RecommenderBuilder builder = Recommender.CreateBuilder(world.Vocabulary, world.Pseudonymizer).ReadFeatures(Features);

        Assert.Throws<InvalidOperationException>(() => builder.ReadFeatures(Features));
    }

    private static LinearRanker Sum() => new(
        new LinearModel(
            "sum",
            "1",
            [new FeatureWeight("title.plays", 1), new FeatureWeight("title.clicks", 10), new FeatureWeight("title.stalls", 34)]),
        Features.Layout);

    private static (string Title, float Score)[] Rank(World world, Recommender recommender)
    {
        var slate = new RankedTitle[5];
        int count = recommender.Rank(
            new RankRequest { Id = "r"u8, Surface = "home", Time = World.At(200), Consent = ConsentPurposes.All }, slate);
        string NameOf(TitleId title) => title == World.Title("a") ? "a" : title == World.Title("b") ? "b" : "?";
        return [.. slate[..count].Select(ranked => (NameOf(ranked.Title), ranked.Score))];
    }
}
