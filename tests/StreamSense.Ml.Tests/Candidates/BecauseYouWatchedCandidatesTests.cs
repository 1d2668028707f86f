using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class BecauseYouWatchedCandidatesTests : IDisposable
{
    private readonly World _world = new();
    private readonly InterestHistory _history;

    public BecauseYouWatchedCandidatesTests()
    {
        _history = new InterestHistory(_world.Vocabulary);
        Array.ForEach(["a", "b", "c", "d", "e"], name => _world.AddTitle(name));
    }

    public void Dispose() => _history.Dispose();

    [Fact]
    public void Retrieve_NeighboursOfSeveralTitles_AreMergedByWeight()
    {
        World.Feed(_history, _world.Rating("a", 1, 0, 5), _world.Rating("b", 1, 10, 5));

        // c is near to both, d very near to one, e less.
        Assert.Equal(["c", "d", "e"], Retrieve(Neighbours(("a", "c", 0.6f), ("b", "c", 0.5f), ("a", "d", 0.9f), ("b", "e", 0.4f))));
    }

    [Fact]
    public void Retrieve_KnownOrDislikedTitles_AreNotProposedAndNotAsked()
    {
        World.Feed(_history, _world.Rating("a", 1, 0, 5), _world.Rating("b", 1, 10, 0));

        Assert.Equal(["d"], Retrieve(Neighbours(("a", "b", 0.9f), ("a", "d", 0.2f), ("b", "e", 0.9f))));
    }

    [Fact]
    public void Retrieve_EarlierTitle_CountsLess()
    {
        World.Feed(_history, _world.Rating("a", 1, 0, 5), _world.Rating("b", 1, 10, 5));

        Assert.Equal(["e", "c"], Retrieve(Neighbours(("a", "c", 0.5f), ("b", "e", 0.5f))));
    }

    [Fact]
    public void Retrieve_WithoutConsentOrHistory_ProposesNothing()
    {
        World.Feed(_history, _world.Rating("a", 1, 0, 5));
        var source = new BecauseYouWatchedCandidates(Neighbours(("a", "c", 0.5f)), _history);
        CandidateRequest silent = _world.Request(1, 20) with { Features = World.Query(1, 20, ConsentPurposes.Measurement) };

        Assert.Empty(_world.Retrieve(source, silent));
        Assert.Empty(_world.Retrieve(source, _world.Request(2, 20)));
    }

    [Fact]
    public void Publish_OtherNeighbours_AreUsedFromThenOn()
    {
        World.Feed(_history, _world.Rating("a", 1, 0, 5));
        var source = new BecauseYouWatchedCandidates(Neighbours(("a", "c", 0.5f)), _history);
        ItemNeighbours next = Neighbours(("a", "d", 0.5f));
        source.Publish(next);

        Assert.Same(next, source.Neighbours);
        Assert.Equal(["d"], _world.Retrieve(source, _world.Request(1, 20)));
    }

    [Fact]
    public void Retrieve_MoreNeighboursThanAreWeighed_KeepsTheNearest()
    {
        const int Many = 3000;
        ImmutableArray<TitleId> titles = [World.Title("a"), .. Enumerable.Range(1, Many).Select(i => new TitleId((ulong)i))];
        var neighbours = new ItemNeighbours(
            titles,
            [0, .. Enumerable.Repeat(Many, Many + 1)],
            [.. Enumerable.Range(1, Many)],
            [.. Enumerable.Range(1, Many).Select(i => 1f / i)]);
        World.Feed(_history, _world.Rating("a", 1, 0, 5));
        var proposed = new TitleId[2000];

        int count = new BecauseYouWatchedCandidates(neighbours, _history).Retrieve(_world.Request(1, 20), proposed);

        Assert.Equal(1024, count);
        Assert.Equal(Enumerable.Range(1, 1024).Select(i => new TitleId((ulong)i)), proposed[..count]);
    }

    [Fact]
    public void Fit_TitlesOfACatalogue_NearestShareTheRarestAttributes()
    {
        var world = new World();
        world.AddTitle("war-drama", annex: "\"genres\":[\"war\",\"drama\"],\"cast\":[\"X\"]");
        world.AddTitle("same-actor", annex: "\"cast\":[\"X\"]");
        world.AddTitle("drama-1", annex: "\"genres\":[\"drama\"]");
        world.AddTitle("drama-2", annex: "\"genres\":[\"drama\"]");
        world.AddTitle("drama-3", annex: "\"genres\":[\"drama\"]");
        world.AddTitle("nothing");

        ItemNeighbours neighbours = ContentNeighbours.Fit(world.Catalogue);

        Assert.Equal(["same-actor", "drama-1", "drama-2", "drama-3"], NamesOf(world, neighbours, 0).Take(1)
            .Concat(NamesOf(world, neighbours, 0).Skip(1).Order(StringComparer.Ordinal)));
        Assert.Empty(NamesOf(world, neighbours, 5));
        Assert.All(neighbours.Weights, weight => Assert.InRange(weight, 0, 1.00001f));
    }

    [Fact]
    public void Fit_FewComparisons_StaysWithinThem()
    {
        var world = new World();
        for (int i = 0; i < 100; i++)
        {
            world.AddTitle($"t{i}", annex: "\"genres\":[\"all\"]");
        }

        ItemNeighbours neighbours = ContentNeighbours.Fit(world.Catalogue, new ContentOptions { MaxCompared = 10 });

        Assert.Equal(100 * 10, neighbours.Neighbours.Length);
    }

    private static IEnumerable<string> NamesOf(World world, ItemNeighbours neighbours, int place) =>
        Enumerable.Range(neighbours.Starts[place], neighbours.Starts[place + 1] - neighbours.Starts[place])
            .Select(i => world.Vocabulary.Titles.NameOf(neighbours.Titles[neighbours.Neighbours[i]])!);

    private static ItemNeighbours Neighbours(params (string From, string To, float Weight)[] pairs)
    {
        string[] names = ["a", "b", "c", "d", "e"];
        (string From, string To, float Weight)[] sorted =
            [.. pairs.OrderBy(pair => pair.From, StringComparer.Ordinal).ThenByDescending(pair => pair.Weight)];
        return new ItemNeighbours(
            [.. names.Select(name => World.Title(name))],
            [.. Enumerable.Range(0, names.Length + 1).Select(i => sorted.Count(pair => Array.IndexOf(names, pair.From) < i))],
            [.. sorted.Select(pair => Array.IndexOf(names, pair.To))],
            [.. sorted.Select(pair => pair.Weight)]);
    }

    private string[] Retrieve(ItemNeighbours neighbours) =>
        _world.Retrieve(new BecauseYouWatchedCandidates(neighbours, _history), _world.Request(1, 20));
}
