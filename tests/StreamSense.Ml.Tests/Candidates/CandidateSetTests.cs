using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class CandidateSetTests
{
    private readonly World _world = new();

    [Fact]
    public void AddFrom_SourcesThatOverlapRepeatOrInvent_EachKnownTitleOnce()
    {
        Array.ForEach(["a", "b", "c"], name => _world.AddTitle(name));
        var request = new CandidateRequest(World.Query(1, 0), Symbol.None);
        var set = new CandidateSet(new TitleId[10]);

        set.AddFrom(new FixedSource("a", "b", "a", "invented"), request, _world.Catalogue);
        set.AddFrom(new FixedSource("b", "c", "a"), request, _world.Catalogue);

        Assert.Equal([World.Title("a"), World.Title("b"), World.Title("c")], set.Titles.ToArray());
    }

    [Fact]
    public void AddFrom_NoRoomLeft_KeepsWhatCameFirst()
    {
        Array.ForEach(["a", "b", "c"], name => _world.AddTitle(name));
        var request = new CandidateRequest(World.Query(1, 0), Symbol.None);
        var set = new CandidateSet(new TitleId[2]);

        set.AddFrom(new FixedSource("a"), request, _world.Catalogue);
        set.AddFrom(new FixedSource("b", "c"), request, _world.Catalogue);
        set.AddFrom(new FixedSource("c"), request, _world.Catalogue);

        Assert.Equal([World.Title("a"), World.Title("b")], set.Titles.ToArray());
    }

    private sealed class FixedSource(params string[] names) : ICandidateSource
    {
        public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
        {
            int count = Math.Min(names.Length, destination.Length);
            for (int i = 0; i < count; i++)
            {
                destination[i] = World.Title(names[i]);
            }

            return count;
        }
    }
}
