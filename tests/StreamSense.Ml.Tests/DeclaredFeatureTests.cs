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
            .AddSurface("home", Sum(), new TrendingCandidates(builder.Catalogue))
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
    public void Build_StandardSurfacesOverALargerSet_ReadWhatTheyKnow()
    {
        var world = new World();
        FeatureSet larger = new FeatureSetBuilder()
            .Add("title.shares", FeatureScope.Title, new TotalRule(new EventSelector(EventKind.Share)))
            .AddAll(StandardFeatures.Streaming)
            .Build();
        using Recommender recommender = Recommender.CreateBuilder(world.Vocabulary, world.Pseudonymizer)
            .ReadFeatures(larger).WithoutDecisions().Build();
        recommender.Consume(new EventBatch(0, [World.Row("a"), World.Row("b")], annex: null));
        recommender.Consume([World.Fact(ViewFactKind.FirstFrame, "b", 1, 10, playhead: 0)]);

        Assert.Equal(["b", "a"], Rank(world, recommender).Select(ranked => ranked.Title));
        Assert.Equal(larger.Layout.Hash, recommender.Features.Layout.Hash);
    }

    [Fact]
    public void Build_StandardSurfacesWithoutTheirFeatures_NamesWhatIsLacking()
    {
        var world = new World();
        RecommenderBuilder builder = Recommender.CreateBuilder(world.Vocabulary, world.Pseudonymizer)
            .ReadFeatures(Features).WithoutDecisions();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.Contains(FeatureNames.TitleWatch, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NothingSaidOfFeatures_KeepsTheBasicOnesAndForgetsWhoWithdraws()
    {
        var world = new World();
        using Recommender recommender = Recommender.CreateBuilder(world.Vocabulary, world.Pseudonymizer).WithoutDecisions().Build();
        var engine = Assert.IsType<FeatureEngine>(recommender.Features);
        recommender.Consume([World.Fact(ViewFactKind.FirstFrame, "b", 1, 10, playhead: 0)]);
        Assert.Equal(StandardFeatures.Basic.Layout.Hash, engine.Layout.Hash);
        Assert.Equal((1L, 1), (engine.CountRows(FeatureScope.Viewer), recommender.History.ViewerCount));

        StreamEvent withdrawal = world.Event(EventKind.ConsentChange, "", 1, 20);
        withdrawal.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.Measurement;
        recommender.Consume(new EventBatch(0, [withdrawal], annex: null));

        Assert.Equal((0L, 0), (engine.CountRows(FeatureScope.Viewer), recommender.History.ViewerCount));
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
