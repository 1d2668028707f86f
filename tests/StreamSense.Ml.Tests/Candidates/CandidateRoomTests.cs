using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Filters;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates;

public sealed class CandidateRoomTests
{
    private readonly World _world = new();

    public CandidateRoomTests() => Array.ForEach(["a", "b", "c"], name => _world.AddTitle(name));

    [Fact]
    public void AddFrom_SourcesThatOverlapRepeatOrInvent_EachKnownTitleOnce()
    {
        var room = new CandidateRoom(10);
        Add(room, new FixedSource("a", "b", "a", "invented"), 0);
        Add(room, new FixedSource("b", "c", "a"), 1);

        Assert.Equal([World.Title("a"), World.Title("b"), World.Title("c")], room.Titles.ToArray());
        Assert.Equal([0b11U, 0b11U, 0b10U], room.Sources.ToArray());
        Assert.Equal(room.Titles.ToArray(), room.Rows.ToArray().Select(row => row.Id));
        Assert.Equal(1, room.NotInCatalogue);
    }

    [Fact]
    public void AddFrom_NoRoomLeft_KeepsWhatCameFirst()
    {
        var room = new CandidateRoom(2);
        Add(room, new FixedSource("a"), 0);
        Add(room, new FixedSource("b", "c"), 1);
        Add(room, new FixedSource("c"), 2);

        Assert.Equal([World.Title("a"), World.Title("b")], room.Titles.ToArray());
    }

    [Fact]
    public void AddFrom_AtMost_TakesNoMore()
    {
        var room = new CandidateRoom(10);
        Add(room, new FixedSource("a", "b"), 0, atMost: 1);
        Add(room, new FixedSource("c"), 1);

        Assert.Equal([World.Title("a"), World.Title("c")], room.Titles.ToArray());
    }

    [Fact]
    public void Clear_RoomUsedBefore_KnowsNothingOfIt()
    {
        var room = new CandidateRoom(3);
        Add(room, new FixedSource("a", "b", "c"), 0);
        room.Clear();
        Add(room, new FixedSource("c", "a"), 4);

        Assert.Equal([World.Title("c"), World.Title("a")], room.Titles.ToArray());
        Assert.Equal([16U, 16U], room.Sources.ToArray());
    }

    [Fact]
    public void Apply_FilterThatKeepsBack_OthersKeepTheirOrder()
    {
        var room = new CandidateRoom(3);
        Add(room, new FixedSource("a", "b", "c"), 0);
        var request = new CandidateRequest(World.Query(1, 0), Symbol.None);

        (int refused, int unknown) = room.Apply(new NotThese("b", "a"), request);

        Assert.Equal((1, 1), (refused, unknown));
        Assert.Equal([World.Title("c")], room.Titles.ToArray());
        Assert.Equal([World.Title("c")], room.Rows.ToArray().Select(row => row.Id));
    }

    private void Add(CandidateRoom room, ICandidateSource source, int place, int atMost = int.MaxValue) =>
        room.AddFrom(source, place, atMost, new CandidateRequest(World.Query(1, 0), Symbol.None), _world.Catalogue);

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

    private sealed class NotThese(string refused, string unknown) : ICandidateFilter
    {
        public string Name => "not-these";

        public void Judge(in CandidateRequest request, ReadOnlySpan<CatalogueTitle> titles, Span<FilterVerdict> verdicts)
        {
            for (int i = 0; i < titles.Length; i++)
            {
                verdicts[i] = titles[i].Id == World.Title(refused) ? FilterVerdict.Refused
                    : titles[i].Id == World.Title(unknown) ? FilterVerdict.Unknown
                    : FilterVerdict.Allowed;
            }
        }
    }
}
