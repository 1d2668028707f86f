using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Audiences;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Audiences;

public sealed class SegmentAudienceTests
{
    private readonly World _world = new();

    [Fact]
    public void Find_ViewerOfSeveralSegments_GivesEachByItsPlace()
    {
        var audience = new SegmentAudience(new Segments(_ => 0b1000_0000_0101UL));
        Span<int> found = stackalloc int[IAudience.MaxOfViewer];

        Assert.Equal(3, audience.Find(World.Viewer(1), default, found));
        Assert.Equal([0, 2, 11], found[..3]);
        Assert.Equal(0, audience.Find(ViewerId.None, default, found));
        Assert.Equal(64, new SegmentAudience(new Segments(_ => ulong.MaxValue)).Find(World.Viewer(1), default, found));
    }

    [Fact]
    public void Retrieve_TrendingOfSegments_GivesTheViewersOwn()
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            _world.AddTitle(name);
        }

        // Viewers 1 and 2 are of one segment, viewer 3 of another, viewer 4 of both, viewer 5 of none.
        var source = new AudienceTrendingCandidates(
            new SegmentAudience(new Segments(viewer => viewer.Value switch { 2 or 3 => 1UL, 4 => 2UL, 5 => 3UL, _ => 0UL })),
            _world.Vocabulary);
        source.Consume(
        [
            Play("a", 1, 0), Play("a", 2, 1), Play("b", 2, 2), Play("c", 3, 3), Play("b", 5, 4),
            World.Fact(ViewFactKind.FirstFrame, "b", 3, 5, consent: ConsentPurposes.Measurement),
        ]);

        Assert.Equal(["a", "b"], _world.Retrieve(source, _world.Request(2, 10)));
        Assert.Equal(["c"], _world.Retrieve(source, _world.Request(3, 10)));
        Assert.Equal(["a", "b", "c"], _world.Retrieve(source, _world.Request(4, 10)));
        Assert.Empty(_world.Retrieve(source, _world.Request(5, 10)));
    }

    [Fact]
    public void Retrieve_TrendingOfEverybody_CountsWhoeverPlaysOrRates()
    {
        _world.AddTitle("a");
        _world.AddTitle("b");
        var source = new AudienceTrendingCandidates(new EverybodyAudience(), _world.Vocabulary);
        source.Consume([Play("a", 1, 0)]);
        World.Feed(source, _world.Rating("b", 1, 1, 0), _world.Rating("b", 2, 2, 1));

        Assert.Equal(["b", "a"], _world.Retrieve(source, _world.Request(9, 10)));
    }

    private static ViewFact Play(string title, ulong viewer, double at) => World.Fact(ViewFactKind.FirstFrame, title, viewer, at);

    private sealed class Segments(Func<ViewerId, ulong> of) : ISegmentReader
    {
        public ImmutableArray<string> Names => ["first", "second"];

        public ulong SegmentsOf(ViewerId viewer) => of(viewer);
    }
}
