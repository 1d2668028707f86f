using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Filters;

public sealed class FilterTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("12", 12)]
    [InlineData("FSK 16", 16)]
    [InlineData("16+", 16)]
    [InlineData("12A", 12)]
    [InlineData("PG-13", 13)]
    [InlineData("TV-14", 14)]
    [InlineData("tv-y", 0)]
    [InlineData("TV-Y7", 7)]
    [InlineData("PG", 8)]
    [InlineData("R", 17)]
    [InlineData("NC-17", 18)]
    [InlineData("TV-MA", 18)]
    [InlineData(" U ", 0)]
    public void TryRead_KnownRating_IsAnAge(string rating, int expected)
    {
        Assert.True(MaturityRating.TryRead(rating, out int age));
        Assert.Equal(expected, age);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unrated")]
    [InlineData("NR")]
    [InlineData("2026-03-01")]
    [InlineData("99")]
    public void TryRead_UnknownRating_IsNone(string? rating) => Assert.False(MaturityRating.TryRead(rating, out _));

    [Fact]
    public void Maturity_UnderALimit_UnratedIsKeptBackAsUnknown()
    {
        Add("u", "\"maturity\":\"U\"");
        Add("teen", "\"maturity\":\"12\"");
        Add("adult", "\"maturity\":\"18\"");
        Add("unrated", "");
        var filter = new MaturityFilter();

        Assert.Equal("AAAA", Judge(filter, _world.Request(1, 0)));
        Assert.Equal("AARU", Judge(filter, _world.Request(1, 0) with { MaxAge = 12 }));
        Assert.Equal("ARRU", Judge(filter, _world.Request(1, 0) with { Kids = true }));
        Assert.Equal("ARRU", Judge(filter, _world.Request(1, 0) with { Kids = true, MaxAge = 18 }));
    }

    [Fact]
    public void Maturity_ProfileOfAChild_LimitsThatViewerOnly()
    {
        Add("u", "\"maturity\":\"U\"");
        Add("adult", "\"maturity\":\"18\"");
        using var profiles = new ViewerProfiles();
        var filter = new MaturityFilter(profiles);
        World.Feed(
            filter, Profile(1, kids: true, atSeconds: 10), Profile(1, kids: false, atSeconds: 5), Profile(2, kids: false, atSeconds: 0));

        Assert.Equal("AR", Judge(filter, _world.Request(1, 20)));
        Assert.Equal("AA", Judge(filter, _world.Request(2, 20)));
        Assert.Equal("AA", Judge(filter, _world.Request(3, 20)));
        Assert.True(profiles.IsKid(World.Viewer(1)));
        Assert.False(profiles.IsKid(World.Viewer(2)));
        Assert.False(profiles.IsKid(World.Viewer(3)));
    }

    [Fact]
    public void Maturity_MoreGrownUpsThanRoom_StillKnowsTheChild()
    {
        using var profiles = new ViewerProfiles(maxChildren: 1);
        IEnumerable<StreamEvent> grownUps = Enumerable.Range(2, 50).Select(i => Profile((ulong)i, kids: false, atSeconds: i));
        World.Feed(profiles, [Profile(1, kids: true, atSeconds: 0), .. grownUps]);

        Assert.True(profiles.IsKid(World.Viewer(1)));
        Assert.Equal((1, 0L), (profiles.Count, profiles.Evicted));
    }

    [Fact]
    public void Maturity_AChildThatGrewUp_IsNoLongerOne()
    {
        using var profiles = new ViewerProfiles();
        World.Feed(profiles, Profile(1, kids: true, atSeconds: 0), Profile(1, kids: false, atSeconds: 5));

        Assert.False(profiles.IsKid(World.Viewer(1)));
    }

    [Fact]
    public void Rights_WindowAndCountries_FailClosed()
    {
        Add("always", "");
        Add("over", "\"availableUntil\":\"2026-03-01T20:00:00Z\"");
        Add("later", "\"availableFrom\":\"2026-03-01T21:00:00Z\"");
        Add("germany", "\"countries\":[\"DE\"]");
        var filter = new RightsFilter();

        Assert.Equal("ARRA", Judge(filter, _world.Request(1, 0, "DE")));
        Assert.Equal("ARRR", Judge(filter, _world.Request(1, 0, "FR")));
        Assert.Equal("ARRU", Judge(filter, _world.Request(1, 0)));
        Assert.Equal("ARAA", Judge(filter, _world.Request(1, 3600, "DE")));
    }

    [Fact]
    public void Watched_FinishedTitles_AreKeptBackFromThatViewer()
    {
        Add("done", "");
        Add("begun", "");
        Add("new", "");
        _world.Play("done", 1, 0, watch: 990);
        _world.Play("begun", 1, 2000, watch: 500);
        var filter = new WatchedFilter(_world.History);

        Assert.Equal("RAA", Judge(filter, _world.Request(1, 5000)));
        Assert.Equal("AAA", Judge(filter, _world.Request(2, 5000)));
    }

    [Fact]
    public void Seen_AnyInterest_IsKeptBack()
    {
        Add("rated", "");
        Add("new", "");
        using var history = new InterestHistory(_world.Vocabulary);
        World.Feed(history, _world.Rating("rated", 1, 0, 1));

        Assert.Equal("RA", Judge(new SeenFilter(history), _world.Request(1, 10)));
        Assert.Equal("AA", Judge(new SeenFilter(history), _world.Request(2, 10)));
    }

    [Fact]
    public void Seen_LongBeforeTheLastTitles_IsKeptBackUntilItsBound()
    {
        Add("first", "");
        Add("late", "");
        Add("new", "");
        using var history = new InterestHistory(_world.Vocabulary);
        World.Feed(history, _world.Rating("first", 1, 0, 1));
        Rate(history, 1, 1023);
        Assert.Equal("RAA", Judge(new SeenFilter(history), _world.Request(1, 3000)));

        // Told late: older than all that there is room for, and displaces the earliest of the marks.
        World.Feed(history, _world.Rating("late", 1, 0, 1));
        Assert.Equal("ARA", Judge(new SeenFilter(history), _world.Request(1, 3000)));
        Assert.Equal("AAA", Judge(new SeenFilter(history), _world.Request(2, 3000)));

        World.Feed(history, _world.Event(EventKind.ConsentChange, "", 1, 4000));
        Assert.Equal("AAA", Judge(new SeenFilter(history), _world.Request(1, 5000)));
        Assert.False(history.TryReadSeen(World.Viewer(1), out _));
    }

    [Fact]
    public void Seen_MoreLongViewersThanRoom_ForgetsTheOneLongestNotSeen()
    {
        Add("first", "");
        using var history = new InterestHistory(_world.Vocabulary, new InterestHistoryOptions { MaxLongViewers = 1 });
        for (ulong viewer = 1; viewer <= 2; viewer++)
        {
            World.Feed(history, _world.Rating("first", viewer, 0, 1));
            Rate(history, viewer, 64);
        }

        Assert.Equal("A", Judge(new SeenFilter(history), _world.Request(1, 3000)));
        Assert.Equal("R", Judge(new SeenFilter(history), _world.Request(2, 3000)));
        Assert.Equal(1, history.LongViewersEvicted);
    }

    [Fact]
    public void Blocked_ListAndThumbs_BlockAndAllowAgain()
    {
        Add("a", "");
        Add("b", "");
        Add("c", "");
        using var filter = new BlockedFilter(_world.Vocabulary);
        World.Feed(
            filter,
            _world.ListChange(adds: true, "not_interested", "a", 1, 0),
            _world.ListChange(adds: true, "favourites", "b", 1, 0),
            _world.Rating("c", 1, 0, 0, RatingScale.Thumbs),
            _world.Rating("b", 1, 0, 0, RatingScale.Stars5));
        Assert.Equal("RAR", Judge(filter, _world.Request(1, 10)));
        Assert.Equal("AAA", Judge(filter, _world.Request(2, 10)));

        World.Feed(filter, _world.ListChange(adds: false, "not_interested", "a", 1, 20), _world.Rating("c", 1, 20, 1, RatingScale.Thumbs));
        Assert.Equal("AAA", Judge(filter, _world.Request(1, 30)));
    }

    [Fact]
    public void Blocked_WithdrawnConsent_IsForgotten()
    {
        Add("a", "");
        using var filter = new BlockedFilter(_world.Vocabulary);
        StreamEvent silent = _world.Event(EventKind.ListAdd, "a", 2, 0, ConsentPurposes.Measurement);
        silent.PayloadAs<ListPayload>().List = _world.Vocabulary.Terms.Intern("blocked");
        World.Feed(filter, _world.ListChange(adds: true, "blocked", "a", 1, 0), silent);
        Assert.Equal("R", Judge(filter, _world.Request(1, 10)));
        Assert.Equal("A", Judge(filter, _world.Request(2, 10)));

        World.Feed(filter, _world.Event(EventKind.ConsentChange, "a", 1, 20));
        Assert.Equal("A", Judge(filter, _world.Request(1, 30)));
    }

    [Fact]
    public void Blocked_MoreThanThereIsRoom_ForgetsTheFirst()
    {
        var row = default(BlockedRow);
        for (ulong i = 1; i <= BlockedRow.Capacity + 3; i++)
        {
            row.Add(new TitleId(i));
        }

        row.Add(new TitleId(10));
        Assert.Equal(BlockedRow.Capacity, row.Titles.Length);
        Assert.Equal(4UL, row.Titles[0].Value);
        Assert.Equal(10UL, row.Titles[^1].Value);
    }

    [Fact]
    public void Rule_OfTheHost_Decides()
    {
        Add("a", "");
        Add("b", "");
        var filter = new RuleFilter("only-b", (in CandidateRequest _, CatalogueTitle title) => title.Id == World.Title("b"));

        Assert.Equal("only-b", filter.Name);
        Assert.Equal("RA", Judge(filter, _world.Request(1, 0)));
    }

    private static StreamEvent Profile(ulong viewer, bool kids, double atSeconds)
    {
        var profile = new StreamEvent { Kind = EventKind.Profile, Viewer = World.Viewer(viewer), Time = World.At(atSeconds) };
        profile.PayloadAs<ProfilePayload>().Kids = kids;
        return profile;
    }

    private void Add(string title, string annex) => _world.AddTitle(title, TimeSpan.FromSeconds(1000), annex: annex);

    private void Rate(InterestHistory history, ulong viewer, int titles)
    {
        for (int i = 1; i <= titles; i++)
        {
            World.Feed(history, _world.Rating($"t{i}", viewer, i, 3));
        }
    }

    // A for allowed, R for refused, U for unknown, of the titles in the order in which they came.
    private string Judge(ICandidateFilter filter, in CandidateRequest request)
    {
        CatalogueTitle[] titles = [.. Enumerable.Range(0, _world.Catalogue.Count).Select(i => _world.Catalogue[i])];
        var verdicts = new FilterVerdict[titles.Length];
        filter.Judge(request, titles, verdicts);
        return string.Concat(verdicts.Select(verdict => "ARU"[(int)verdict]));
    }
}
