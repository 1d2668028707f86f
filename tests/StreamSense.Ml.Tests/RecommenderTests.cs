using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests;

public sealed class RecommenderTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Rank_EmptyCatalogue_GivesNothing()
    {
        _stage.Play("m1", 1, 0);

        Assert.Empty(_stage.Rank(_stage.Request(1, 10)));
        Assert.Equal(1, _stage.Recommender.Totals.EmptyRequests);
    }

    [Fact]
    public void Rank_ColdViewer_GetsWhatTrends()
    {
        _stage.AddTitles("a", "b", "c");
        _stage.Play("b", 1, 0);
        _stage.Play("b", 2, 0);
        _stage.Play("c", 2, 0);

        Assert.Equal(["b", "c", "a"], _stage.Rank(_stage.Request(99, 1000)));
    }

    [Fact]
    public void Rank_ViewerWhoBegan_SeesThatFirstAndWhatWasFinishedLast()
    {
        _stage.AddTitles("a", "b", "c", "d");
        for (ulong viewer = 10; viewer < 15; viewer++)
        {
            _stage.Play("a", viewer, 0);
            _stage.Play("b", viewer, 0);
        }

        _stage.Play("a", 1, 100, watch: 990);
        _stage.Play("d", 1, 2000, watch: 300);

        string[] slate = _stage.Rank(_stage.Request(1, 3000));
        Assert.Equal("d", slate[0]);
        Assert.Equal("b", slate[1]);
        Assert.Equal("a", slate[^1]);
        Assert.Equal(["a", "b"], _stage.Rank(_stage.Request(99, 3000, "r2"))[..2]);
    }

    [Fact]
    public void Rank_WithoutConsentToPersonalisation_IsThatOfAColdViewer()
    {
        _stage.AddTitles("a", "b", "c");
        _stage.Play("a", 2, 0);
        _stage.Play("a", 3, 0);
        _stage.Play("c", 1, 0, watch: 300);
        var request = new RankRequest
        {
            Id = "r1"u8,
            Surface = SurfaceNames.Home,
            Time = World.At(1000),
            Viewer = World.Viewer(1),
            Consent = ConsentPurposes.Measurement,
        };

        Assert.Equal("c", _stage.Rank(_stage.Request(1, 1000, "r0"))[0]);
        Assert.Equal(_stage.Rank(_stage.Request(99, 1000, "r2")), _stage.Rank(request));
    }

    [Fact]
    public void Consume_WithdrawnConsent_ForgetsTheViewer()
    {
        _stage.AddTitles("a", "b");
        _stage.Play("b", 1, 0, watch: 300);
        var change = new StreamEvent { Kind = EventKind.ConsentChange, Viewer = World.Viewer(1) };
        change.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.All;
        _stage.Take(change);
        Assert.Equal(["b"], _stage.Rank(_stage.Request(1, 1000, surface: SurfaceNames.ContinueWatching)));

        change.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.Measurement;
        _stage.Take(change);

        Assert.Empty(_stage.Rank(_stage.Request(1, 1000, surface: SurfaceNames.ContinueWatching)));
    }

    [Fact]
    public void Rank_ContinueSurface_LatestWatchedFirst()
    {
        _stage.AddTitles("a", "b", "c");
        _stage.Play("b", 1, 0, watch: 300);
        _stage.Play("c", 1, 5000, watch: 300);
        _stage.Play("a", 2, 5000, watch: 300);

        Assert.Equal(["c", "b"], _stage.Rank(_stage.Request(1, 9000, surface: SurfaceNames.ContinueWatching)));
    }

    [Fact]
    public void Rank_UnavailableTitle_IsNotShownWhateverTheSource()
    {
        StreamEvent row = World.Row("a");
        _stage.Vocabulary.Titles.Note("a"u8);
        Assert.True(_stage.Recommender.Catalogue.Apply(row, "\"countries\":[\"FR\"]"u8));
        _stage.AddTitles("b");
        _stage.Play("a", 1, 0, watch: 300);
        var request = new RankRequest
        {
            Id = "r1"u8,
            Surface = SurfaceNames.Home,
            Time = World.At(1000),
            Viewer = World.Viewer(1),
            Consent = ConsentPurposes.All,
            Dimensions = new EventContext { Country = _stage.Vocabulary.Countries.Intern("DE") },
        };

        Assert.Equal(["b"], _stage.Rank(request));
    }

    [Fact]
    public void Rank_EqualScores_OrderByTitleId()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"m{i}")];
        _stage.AddTitles(names);

        Assert.Equal(names.OrderBy(name => World.Title(name).Value), _stage.Rank(_stage.Request(1, 0), slots: 30));
    }

    [Fact]
    public void Rank_SameStateAndRequest_GivesTheSameOrderInAnyProcess()
    {
        using var other = new Stage();
        foreach (Stage stage in (Stage[])[_stage, other])
        {
            var random = new Random(5);
            stage.AddTitles([.. Enumerable.Range(0, 200).Select(i => $"m{i}")]);
            for (int i = 0; i < 1000; i++)
            {
                stage.Play($"m{random.Next(200)}", (ulong)random.Next(20), i * 10, random.Next(10, 1000));
            }
        }

        for (ulong viewer = 0; viewer < 20; viewer++)
        {
            string[] slate = _stage.Rank(_stage.Request(viewer, 11_000), slots: 50);
            Assert.Equal(50, slate.Length);
            Assert.Equal(slate, _stage.Rank(_stage.Request(viewer, 11_000), slots: 50));
            Assert.Equal(slate, other.Rank(other.Request(viewer, 11_000), slots: 50));
        }
    }

    [Fact]
    public void Rank_MoreTitlesThanCandidates_StaysWithinTheBound()
    {
        using var small = new Stage(new RecommenderOptions { MaxCandidates = 7 });
        small.AddTitles([.. Enumerable.Range(0, 30).Select(i => $"m{i}")]);

        Assert.Equal(7, small.Rank(small.Request(1, 0), slots: 30).Length);
    }

    [Fact]
    public void Rank_NoRoom_GivesNothing()
    {
        _stage.AddTitles("a");

        Assert.Empty(_stage.Rank(_stage.Request(1, 0), slots: 0));
    }

    [Fact]
    public void Rank_NoIdOrNoSuchSurface_Refuses()
    {
        Assert.Throws<ArgumentException>(() => _stage.Rank(_stage.Request(1, 0, id: "")));
        ArgumentException unknown = Assert.Throws<ArgumentException>(() => _stage.Rank(_stage.Request(1, 0, surface: "nowhere")));
        Assert.Contains("continue, home, trending", unknown.Message, StringComparison.Ordinal);
        Assert.False(_stage.Recommender.HasSurface("nowhere"));
        Assert.Equal(0, _stage.Recommender.Totals.Requests);
    }

    [Fact]
    public void Rank_AfterDispose_RefusesAndReceiversAreClosed()
    {
        _stage.AddTitles("a");
        _stage.Rank(_stage.Request(1, 0));
        _stage.Recommender.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _stage.Rank(_stage.Request(1, 0)));
        Assert.All(_stage.Receivers, receiver => Assert.True(receiver.Disposed));
    }

    [Fact]
    public void Build_NotSaidWhereDecisionsGo_Refuses()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_stage.Vocabulary, _stage.Pseudonymizer);

        Assert.Throws<InvalidOperationException>(builder.Build);
        using Recommender recommender = builder.WithoutDecisions().Build();
        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void AddSurface_OwnRankerAndSource_AreUsed()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_stage.Vocabulary, _stage.Pseudonymizer);
        var oldest = new LinearModel("oldest", "2", [new FeatureWeight(FeatureNames.TitleFreshness, -1)]);
        using Recommender recommender = builder
            .AddSurface("archive", new LinearRanker(oldest, StandardFeatures.Basic.Layout), new TrendingCandidates(builder.Catalogue))
            .WithoutDecisions()
            .Build();
        recommender.Catalogue.Apply(World.Row("new", published: World.At(0)), default);
        recommender.Catalogue.Apply(World.Row("old", published: World.At(-1e7)), default);
        var slate = new RankedTitle[5];

        Assert.Equal(2, recommender.Rank(_stage.Request(1, 0, surface: "archive"), slate));
        Assert.Equal(World.Title("old"), slate[0].Title);
        Assert.Equal("oldest@2", recommender.ModelOf("archive").ToString());
        Assert.Equal(["archive"], recommender.Surfaces.ToArray());
        Assert.Equal(2, recommender.Totals.DecisionsWithheld);
    }

    [Fact]
    public void AddSurface_RankerOfAnotherLayoutOrNameTwice_Refuses()
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(_stage.Vocabulary, _stage.Pseudonymizer);
        var trending = new TrendingCandidates(builder.Catalogue);
        var layout = new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title));
        var home = new LinearRanker(StandardModels.Home, StandardFeatures.Basic.Layout);

        Assert.Throws<ArgumentException>(() => builder.AddSurface("x", new LinearRanker(new LinearModel("m", "1", []), layout), trending));
        Assert.Throws<ArgumentException>(() => builder.AddSurface("x", home));
        builder.AddSurface("x", home, trending);
        Assert.Throws<ArgumentException>(() => builder.AddSurface("x", home, trending));
    }

    [Theory]
    [InlineData(0, 1, "s")]
    [InlineData(10_001, 1, "s")]
    [InlineData(1, 0, "s")]
    [InlineData(1, 1, "")]
    public void CreateBuilder_OptionOutOfRange_Refuses(int candidates, int concurrent, string source) =>
        Assert.ThrowsAny<ArgumentException>(() => Recommender.CreateBuilder(
            _stage.Vocabulary,
            _stage.Pseudonymizer,
            new RecommenderOptions { MaxCandidates = candidates, MaxConcurrentRequests = concurrent, Source = source }));
}
