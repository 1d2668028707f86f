using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class ContinueWatchingCandidatesTests
{
    private readonly World _world = new();

    public ContinueWatchingCandidatesTests()
    {
        foreach (string name in (string[])["a", "b", "c", "d"])
        {
            _world.AddTitle(name, TimeSpan.FromSeconds(1000));
        }
    }

    [Fact]
    public void Retrieve_BegunTitles_LatestFirst()
    {
        _world.Play("a", 1, 0, watch: 100);
        _world.Play("b", 1, 1000, watch: 100);
        _world.Play("c", 1, 500, watch: 100);

        Assert.Equal(["b", "c", "a"], Retrieve(1));
    }

    [Fact]
    public void Retrieve_FinishedBarelyBegunOrUnknownTitles_AreLeftOut()
    {
        _world.Play("a", 1, 0, watch: 950);
        _world.Play("b", 1, 1000, watch: 20);
        _world.Play("not in the catalogue", 1, 2000, watch: 100);
        _world.Tell(World.Fact(ViewFactKind.Ended, "c", 1, 3000, playhead: 500, watch: 100, reason: EndReason.Completed));
        _world.Play("d", 1, 4000, watch: 100);

        Assert.Equal(["d"], Retrieve(1));
    }

    [Fact]
    public void Retrieve_NoConsentOrAnotherViewer_GivesNothing()
    {
        _world.Play("a", 1, 0, watch: 100);

        Assert.Empty(Retrieve(2));
        Assert.Empty(Retrieve(1, ConsentPurposes.Measurement));
    }

    [Fact]
    public void Retrieve_SmallDestination_GivesTheLatest()
    {
        _world.Play("a", 1, 0, watch: 100);
        _world.Play("b", 1, 1000, watch: 100);
        var one = new TitleId[1];

        Assert.Equal(1, Source().Retrieve(new CandidateRequest(World.Query(1, 5000), Symbol.None), one));
        Assert.Equal(World.Title("b"), one[0]);
    }

    private ContinueWatchingCandidates Source() => new(_world.History);

    private string[] Retrieve(ulong viewer, ConsentPurposes consent = ConsentPurposes.All)
    {
        var titles = new TitleId[16];
        int count = Source().Retrieve(new CandidateRequest(World.Query(viewer, 10_000, consent), Symbol.None), titles);
        return [.. titles[..count].Select(title => _world.Vocabulary.Titles.NameOf(title)!)];
    }
}
