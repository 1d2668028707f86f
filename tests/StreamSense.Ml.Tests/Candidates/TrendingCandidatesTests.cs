using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class TrendingCandidatesTests
{
    private readonly World _world = new();

    [Fact]
    public void Retrieve_PlayedTitles_MostPlayedOfLateFirst()
    {
        Add("old", "new", "never");
        _world.Play("old", 1, 0);
        _world.Play("old", 2, 0);
        _world.Play("new", 1, 2 * 86_400);

        // Two plays two days ago have faded to half a play.
        Assert.Equal(["new", "old", "never"], Retrieve(2 * 86_400 + 1000));
    }

    [Fact]
    public void Retrieve_NothingPlayed_NewestFirstThenById()
    {
        _world.AddTitle("a", published: World.At(-100));
        _world.AddTitle("b", published: World.At(-10));
        _world.AddTitle("c", published: World.At(-1000));
        Add("x", "y");

        string[] undated = [.. new[] { "x", "y" }.OrderBy(name => World.Title(name).Value)];
        Assert.Equal(["b", "a", "c", .. undated], Retrieve(0));
    }

    [Fact]
    public void Retrieve_EmptyCatalogue_GivesNothingWhateverWasPlayed()
    {
        _world.Play("unknown", 1, 0);

        Assert.Empty(Retrieve(10));
    }

    [Fact]
    public void Retrieve_UnavailableTitles_ArePassedOver()
    {
        _world.AddTitle("gone", annex: $"\"availableUntil\":{World.At(50).UnixMicroseconds / 1000}");
        _world.AddTitle("abroad", annex: "\"countries\":[\"FR\"]");
        Add("here");
        TrendingCandidates trending = Trending();

        Assert.Equal(["here"], Retrieve(trending, 100, _world.Vocabulary.Countries.Intern("DE")));
        Assert.Equal(3, Retrieve(trending, 10, _world.Vocabulary.Countries.Intern("FR")).Length);
    }

    [Fact]
    public void Retrieve_NewPlays_ShowAfterTheIntervalAndCatalogueRowsAtOnce()
    {
        Add("a", "b");
        TrendingCandidates trending = Trending(new TrendingOptions { RefreshInterval = TimeSpan.FromSeconds(60) });
        _world.Play("a", 1, 0);
        Assert.Equal("a", Retrieve(trending, 1000)[0]);
        _world.Play("b", 1, 1000);
        _world.Play("b", 2, 1000);

        Assert.Equal("a", Retrieve(trending, 1059)[0]);
        Assert.Equal("b", Retrieve(trending, 1060)[0]);

        _world.Play("a", 3, 1060);
        _world.Play("a", 4, 1060);
        Add("c");
        Assert.Equal(["a", "b", "c"], Retrieve(trending, 1061));
    }

    [Fact]
    public void Retrieve_MoreTitlesThanTheList_GivesTheMostPlayedExactly()
    {
        for (int i = 0; i < 300; i++)
        {
            _world.AddTitle($"m{i}");
        }

        // Title i is played i * 7 mod 300 times less one: a permutation, so that the order is known.
        for (int i = 0; i < 300; i++)
        {
            _world.Tell([.. Enumerable.Range(0, i * 7 % 300).Select(_ => World.Fact(Core.Sessions.ViewFactKind.FirstFrame, $"m{i}", 1, 5))]);
        }

        string[] expected = [.. Enumerable.Range(0, 300).OrderByDescending(i => i * 7 % 300).Take(20).Select(i => $"m{i}")];
        Assert.Equal(expected, Retrieve(Trending(new TrendingOptions { ListLength = 20 }), 100, Symbol.None));
    }

    [Fact]
    public void Retrieve_SmallDestination_FillsIt()
    {
        Add("a", "b", "c");

        Assert.Equal(2, Trending().Retrieve(new CandidateRequest(World.Query(1, 0), Symbol.None), new TitleId[2]));
        Assert.Equal(0, Trending().Retrieve(new CandidateRequest(World.Query(1, 0), Symbol.None), default));
    }

    [Fact]
    public void Retrieve_FirstRequestsAtOnce_AllSeeTheList()
    {
        for (int i = 0; i < 2000; i++)
        {
            _world.AddTitle($"m{i}");
        }

        TrendingCandidates trending = Trending();
        var counts = new int[8];
        Thread[] threads = [.. Enumerable.Range(0, counts.Length).Select(i => new Thread(() =>
            counts[i] = trending.Retrieve(new CandidateRequest(World.Query(1, 0), Symbol.None), new TitleId[100])))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(counts, count => Assert.Equal(100, count));
    }

    private TrendingCandidates Trending(TrendingOptions? options = null) =>
        _world.Follow(new TrendingCandidates(_world.Catalogue, options));

    private void Add(params string[] names) => Array.ForEach(names, name => _world.AddTitle(name));

    private string[] Retrieve(double atSeconds) => Retrieve(Trending(), atSeconds);

    private string[] Retrieve(TrendingCandidates trending, double atSeconds, Symbol country = default)
    {
        var titles = new TitleId[100];
        int count = trending.Retrieve(new CandidateRequest(World.Query(1, atSeconds), country), titles);
        return [.. titles[..count].Select(title => _world.Vocabulary.Titles.NameOf(title)!)];
    }
}
