using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Audiences;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class OtherSourcesTests
{
    private readonly World _world = new();

    [Fact]
    public void NewTitles_LeastShown_ComeFirstAndOldOnesNever()
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            _world.AddTitle(name, published: World.At(-3600));
        }

        _world.AddTitle("old", published: World.At(-40 * 86_400));
        _world.AddTitle("coming", published: World.At(86_400));
        var source = new NewTitleCandidates(_world.Catalogue, new NewTitlesOptions { Quota = 2 });
        World.Feed(source, [.. Enumerable.Range(0, 100).Select(i => _world.Event(EventKind.Impression, "b", 1, i))]);
        World.Feed(source, [.. Enumerable.Range(0, 10).Select(i => _world.Event(EventKind.Impression, "c", 1, i))]);

        Assert.Equal(["a", "c"], _world.Retrieve(source, _world.Request(1, 1000)));
    }

    [Fact]
    public void NewTitles_MoreAnnouncedThanKept_LeaveRoomForThoseThatAreOut()
    {
        _world.AddTitle("out", published: World.At(-3600));
        for (int i = 0; i < 10; i++)
        {
            _world.AddTitle($"coming{i}", published: World.At(86_400 + (i * 3600)));
        }

        var source = new NewTitleCandidates(_world.Catalogue, new NewTitlesOptions { MaxTitles = 2 });

        Assert.Equal(["out"], _world.Retrieve(source, _world.Request(1, 0)));
        Assert.Equal(
            ["coming0", "coming1", "out"], _world.Retrieve(source, _world.Request(1, 86_400 + 7200)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NewTitles_EquallyShown_AreDrawnByRequest()
    {
        for (int i = 0; i < 20; i++)
        {
            _world.AddTitle($"t{i}", published: World.At(-3600 - i));
        }

        var source = new NewTitleCandidates(_world.Catalogue, new NewTitlesOptions { Quota = 3 });
        var proposed = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 60; i++)
        {
            string[] titles = _world.Retrieve(source, _world.Request(1, i));
            Assert.Equal(titles, _world.Retrieve(source, _world.Request(1, i)));
            proposed.UnionWith(titles);
        }

        Assert.Equal(20, proposed.Count);
    }

    [Fact]
    public void EditorPicks_SurfaceCountryAndDates_AreHeeded()
    {
        foreach (string name in (string[])["all", "home", "de", "later", "past"])
        {
            _world.AddTitle(name);
        }

        var source = new EditorPickCandidates(
            _world.Vocabulary,
            new EditorPick(World.Title("de")) { OnlyIn = "DE" },
            new EditorPick(World.Title("home")) { OnlyOn = "home" },
            new EditorPick(World.Title("later")) { From = World.At(100) },
            new EditorPick(World.Title("past")) { Until = World.At(0) },
            new EditorPick(World.Title("all")),
            new EditorPick(World.Title("all")));
        CandidateRequest home = _world.Request(1, 0, "DE");
        home = home with { Features = home.Features with { Surface = _world.Vocabulary.Surfaces.Intern("home") } };

        Assert.Equal(["all"], _world.Retrieve(source, _world.Request(1, 0)));
        Assert.Equal(["de", "home", "all"], _world.Retrieve(source, home));
        Assert.Equal(["later", "all"], _world.Retrieve(source, _world.Request(1, 100)));
        source.Publish();
        Assert.Empty(_world.Retrieve(source, home));
    }

    [Fact]
    public void AudienceTrending_PlaysOfTwoCountries_ArePartedAndFade()
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            _world.AddTitle(name);
        }

        var source = new AudienceTrendingCandidates(
            new CountryAudience(), _world.Vocabulary, new AudienceTrendingOptions { HalfLife = TimeSpan.FromHours(1) });
        source.Consume([Play("a", "DE", 0), Play("a", "DE", 1), Play("b", "DE", 2), Play("c", "FR", 3), Play("a", "", 4)]);
        Assert.Equal(["a", "b"], _world.Retrieve(source, _world.Request(1, 10, "DE")));
        Assert.Equal(["c"], _world.Retrieve(source, _world.Request(1, 10, "FR")));
        Assert.Empty(_world.Retrieve(source, _world.Request(1, 10, "IT")));
        Assert.Empty(_world.Retrieve(source, _world.Request(1, 10)));

        // Ten hours later one play outweighs two old ones.
        source.Consume([Play("b", "DE", 36_000)]);
        Assert.Equal(["b", "a"], _world.Retrieve(source, _world.Request(1, 36_001, "DE")));
    }

    [Fact]
    public void AudienceTrending_Ratings_CountAsInterest()
    {
        _world.AddTitle("a");
        var source = new AudienceTrendingCandidates(new EverybodyAudience(), _world.Vocabulary);
        World.Feed(source, _world.Rating("a", 1, 0, 1));

        Assert.Equal(["a"], _world.Retrieve(source, _world.Request(2, 1)));
    }

    [Fact]
    public void AudienceTrending_MoreTitlesOrAudiencesThanRoom_KeepsTheMostPlayed()
    {
        var source = new AudienceTrendingCandidates(
            new CountryAudience(), _world.Vocabulary, new AudienceTrendingOptions { MaxTitles = 10, MaxAudiences = 1 });
        for (int i = 0; i < 100; i++)
        {
            _world.AddTitle($"t{i}");
            source.Consume([Play($"t{i}", "DE", i), Play("t0", "DE", i)]);
        }

        source.Consume([Play("t1", "FR", 200)]);
        Assert.Equal("t0", _world.Retrieve(source, _world.Request(1, 300, "DE"))[0]);
        Assert.InRange(_world.Retrieve(source, _world.Request(1, 300, "DE")).Length, 5, 10);
        Assert.Equal(1, source.Refused);
    }

    [Fact]
    public void InterestHistory_PlaysRatingsAndLists_LatestFirstEachOnce()
    {
        using var history = new InterestHistory(_world.Vocabulary);
        World.Feed(
            history,
            _world.Rating("a", 1, 10, 5),
            _world.ListChange(adds: true, "later", "b", 1, 20),
            _world.Rating("a", 1, 30, 0),
            _world.Event(EventKind.Click, "x", 1, 40));
        history.Consume([World.Fact(ViewFactKind.FirstFrame, "c", 1, 15), World.Fact(ViewFactKind.FirstFrame, "d", 1, 50, consent: default)]);
        var entries = new HistoryEntry[8];

        int count = history.Read(World.Viewer(1), entries);

        Assert.Equal(
            [
                new HistoryEntry(World.Title("a"), World.At(30), 0),
                new HistoryEntry(World.Title("b"), World.At(20), 0.6f),
                new HistoryEntry(World.Title("c"), World.At(15), 0.6f),
            ],
            entries[..count]);
        Assert.Equal(1, history.Read(World.Viewer(1), entries.AsSpan(0, 1)));
        World.Feed(history, _world.Event(EventKind.ConsentChange, "", 1, 60));
        Assert.Equal(0, history.Read(World.Viewer(1), entries));
    }

    [Fact]
    public void InterestHistory_MoreTitlesThanRoom_ForgetsTheEarliest()
    {
        using var history = new InterestHistory(_world.Vocabulary);
        for (int i = 0; i < 100; i++)
        {
            World.Feed(history, _world.Rating($"t{i}", 1, i, 3));
        }

        var entries = new HistoryEntry[100];
        Assert.Equal(64, history.Read(World.Viewer(1), entries));
        Assert.Equal(World.Title("t99"), entries[0].Title);
        Assert.Equal(World.Title("t36"), entries[63].Title);
    }

    private ViewFact Play(string title, string country, double atSeconds)
    {
        ViewFact fact = World.Fact(ViewFactKind.FirstFrame, title, 1, atSeconds);
        fact.Context = _world.Vocabulary.Contexts.Intern(
            default(EventContext) with { Country = _world.Vocabulary.Countries.Intern(country) });
        return fact;
    }
}
