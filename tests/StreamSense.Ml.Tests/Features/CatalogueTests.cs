using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

public sealed class CatalogueTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Apply_FullRow_GivesAllThatRankingsNeed()
    {
        var catalogue = new Catalogue(_vocabulary);
        byte[] annex = """
            "name":"Caf\u00e9 Noir","genres":["drama","noir"],"moods":{"dark":[1,2]},"availableFrom":"2026-03-01T00:00:00+01:00",
            "availableUntil":1772406000000.5,"countries":["DE","AT"],"cast":["A","B"]
            """u8.ToArray();

        Assert.True(catalogue.Apply(World.Row("m1", TimeSpan.FromMinutes(90), World.At(-3600)), annex));

        CatalogueTitle title = Assert.IsType<CatalogueTitle>(catalogue.Find(World.Title("m1")));
        Assert.Equal("Café Noir", title.Name);
        Assert.Equal(TitleType.Movie, title.Type);
        Assert.Equal(TimeSpan.FromMinutes(90), title.Duration);
        Assert.Equal(World.At(-3600), title.Published);
        Assert.Equal(["drama", "noir"], title.Genres.ToArray());
        Assert.Equal(["DE", "AT"], title.Countries.Select(_vocabulary.Countries.NameOf));
        Assert.Equal(EventTime.From(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero)), title.AvailableFrom);
        Assert.Equal(new EventTime(1_772_406_000_000_500), title.AvailableUntil);
    }

    [Fact]
    public void Apply_NothingButTheTitle_IsAvailableEverywhereAlways()
    {
        var catalogue = new Catalogue(_vocabulary);
        catalogue.Apply(World.Row("m1"), default);

        CatalogueTitle title = catalogue[0];
        Assert.Null(title.Duration);
        Assert.Null(title.Published);
        Assert.Empty(title.Genres);
        Assert.True(title.IsAvailable(World.Start, _vocabulary.Countries.Intern("DE")));
    }

    [Theory]
    [InlineData("\"name\":\"x\",\"genres\":\"drama\"")]
    [InlineData("\"name\":\"x\",\"availableFrom\":\"soon\"")]
    [InlineData("\"name\":\"x\",\"countries\":[1]")]
    [InlineData("\"name\":\"x\",")]
    [InlineData("\"name\":\"x\"}")]
    public void Apply_MalformedAnnex_KeepsTheRowAndCounts(string annex)
    {
        var catalogue = new Catalogue(_vocabulary);

        Assert.True(catalogue.Apply(World.Row("m1", TimeSpan.FromMinutes(5)), Encoding.UTF8.GetBytes(annex)));

        Assert.Equal(1, catalogue.Malformed);
        Assert.Equal(TimeSpan.FromMinutes(5), catalogue.Find(World.Title("m1"))!.Duration);
    }

    [Fact]
    public void Apply_OlderRow_ChangesNothing()
    {
        var catalogue = new Catalogue(_vocabulary);
        catalogue.Apply(World.Row("m1", TimeSpan.FromMinutes(5), time: World.At(10)), default);
        long version = catalogue.Version;

        Assert.False(catalogue.Apply(World.Row("m1", TimeSpan.FromMinutes(6), time: World.At(9)), default));
        Assert.Equal(version, catalogue.Version);
        Assert.True(catalogue.Apply(World.Row("m1", TimeSpan.FromMinutes(7), time: World.At(10)), default));
        Assert.True(catalogue.Version > version);

        Assert.Equal(TimeSpan.FromMinutes(7), catalogue.Find(World.Title("m1"))!.Duration);
        Assert.Equal(1, catalogue.Count);
    }

    [Fact]
    public void Apply_FullCatalogue_RefusesNewTitlesAndCounts()
    {
        var catalogue = new Catalogue(_vocabulary, capacity: 100);
        for (int i = 0; i < 150; i++)
        {
            catalogue.Apply(World.Row($"m{i}"), default);
        }

        Assert.Equal(100, catalogue.Count);
        Assert.Equal(50, catalogue.Refused);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(World.Title($"m{i}"), catalogue.Find(World.Title($"m{i}"))!.Id));
        Assert.Null(catalogue.Find(World.Title("m120")));
        Assert.True(catalogue.Apply(World.Row("m7", TimeSpan.FromMinutes(1)), default));
    }

    [Fact]
    public void Apply_LiveTitle_HasNoDuration()
    {
        var catalogue = new Catalogue(_vocabulary);
        catalogue.Apply(World.Row("l1", TimeSpan.FromHours(2), type: TitleType.Live), default);

        Assert.Null(catalogue[0].Duration);
    }

    [Fact]
    public void Consume_MixedBatch_TakesTitlesOnly()
    {
        var catalogue = new Catalogue(_vocabulary);
        StreamEvent[] events = [World.Row("m1"), new StreamEvent { Kind = EventKind.Click, Title = World.Title("m2") }, World.Row("m3")];

        catalogue.Consume(new EventBatch(0, events, annex: null));

        Assert.Equal(2, catalogue.Count);
        Assert.Null(catalogue.Find(World.Title("m2")));
    }

    [Fact]
    public void IsAvailable_WindowAndCountries_AreKept()
    {
        var catalogue = new Catalogue(_vocabulary);
        string annex = $"\"availableFrom\":{World.At(10).UnixMicroseconds / 1000},\"availableUntil\":{World.At(20).UnixMicroseconds / 1000},\"countries\":[\"DE\"]";
        catalogue.Apply(World.Row("m1"), Encoding.UTF8.GetBytes(annex));
        CatalogueTitle title = catalogue[0];
        Symbol germany = _vocabulary.Countries.Intern("DE");

        Assert.False(title.IsAvailable(World.At(9.999), germany));
        Assert.True(title.IsAvailable(World.At(10), germany));
        Assert.False(title.IsAvailable(World.At(20), germany));
        Assert.False(title.IsAvailable(World.At(15), _vocabulary.Countries.Intern("FR")));
        Assert.True(title.IsAvailable(World.At(15), Symbol.None));
    }
}
