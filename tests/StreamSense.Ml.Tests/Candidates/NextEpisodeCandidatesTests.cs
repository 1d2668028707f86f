using StreamSense.Ml.Candidates;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class NextEpisodeCandidatesTests
{
    private readonly World _world = new();
    private readonly NextEpisodeCandidates _source;

    public NextEpisodeCandidatesTests()
    {
        // Rows in no order: the catalogue is not asked for one.
        _world.AddEpisode("a-2-1", "a", 2, 1);
        _world.AddEpisode("a-1-3", "a", 1, 3);
        _world.AddEpisode("a-1-1", "a", 1, 1);
        _world.AddEpisode("a-1-2", "a", 1, 2);
        _world.AddEpisode("b-1-1", "b", 1, 1);
        _world.AddEpisode("b-1-2", "b", 1, 2, "\"availableFrom\":\"2026-03-10T00:00:00Z\"");
        _world.AddTitle("film", TimeSpan.FromSeconds(1000));
        _source = new NextEpisodeCandidates(_world.History);
    }

    [Fact]
    public void Retrieve_FinishedEpisode_ProposesTheNext()
    {
        Finish("a-1-1", 0);

        Assert.Equal(["a-1-2"], Retrieve());
    }

    [Fact]
    public void Retrieve_EndOfASeason_ProposesTheFirstOfTheNext()
    {
        Finish("a-1-3", 0);

        Assert.Equal(["a-2-1"], Retrieve());
    }

    [Fact]
    public void Retrieve_EpisodeUnderWay_ProposesNothingOfItsSeries()
    {
        Finish("a-1-1", 0);
        _world.Play("a-1-2", 1, 2000, watch: 400);

        Assert.Empty(Retrieve());
    }

    [Fact]
    public void Retrieve_EpisodeOnlyLookedInto_ProposesIt()
    {
        _world.Play("a-1-2", 1, 2000, watch: 10);

        Assert.Equal(["a-1-2"], Retrieve());
    }

    [Fact]
    public void Retrieve_NextFinishedBefore_IsPassedOver()
    {
        Finish("a-1-2", 0);
        Finish("a-1-1", 2000);

        Assert.Equal(["a-1-3"], Retrieve());
    }

    [Fact]
    public void Retrieve_NextNotYetAvailable_ProposesNothing()
    {
        Finish("b-1-1", 0);

        Assert.Empty(Retrieve());
    }

    [Fact]
    public void Retrieve_LastOfTheSeriesOrAFilm_ProposesNothing()
    {
        Finish("a-2-1", 0);
        Finish("film", 2000);

        Assert.Empty(Retrieve());
    }

    [Fact]
    public void Retrieve_SeriesOfLatestEpisode_ComesFirst()
    {
        _world.AddEpisode("c-1-1", "c", 1, 1);
        _world.AddEpisode("c-1-2", "c", 1, 2);
        Finish("a-1-1", 0);
        Finish("c-1-1", 2000);

        Assert.Equal(["c-1-2", "a-1-2"], Retrieve());
    }

    [Fact]
    public void Retrieve_EpisodeAddedLater_IsProposedAfterTheInterval()
    {
        Finish("a-2-1", 0);
        Assert.Empty(Retrieve());
        _world.AddEpisode("a-2-2", "a", 2, 2);

        Assert.Equal(["a-2-2"], Retrieve(atSeconds: 50_020));
    }

    private void Finish(string title, double atSeconds) => _world.Play(title, 1, atSeconds, watch: 990);

    private string[] Retrieve(double atSeconds = 50_000) => _world.Retrieve(_source, _world.Request(1, atSeconds));
}
