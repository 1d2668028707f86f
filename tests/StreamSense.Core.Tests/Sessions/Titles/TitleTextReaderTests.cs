using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Sessions.Titles;

public sealed class TitleTextReaderTests
{
    private readonly TitleTextReader _reader = new();

    [Fact]
    public void Read_WholeRow_GivesEveryMember()
    {
        TitleTexts texts = Read(
            """
            "name":"A film","genres":["drama","war"],"moods":["dark"],"cast":["Ann","Bob"],"languages":["de"],"countries":["DE","FR"],
            "maturity":"PG-13","edit":"director","availableFrom":1767225600000,"availableUntil":"2026-03-01T00:00:00Z","other":{"a":[1]}
            """,
            out bool wellFormed);

        Assert.True(wellFormed);
        Assert.Equal(("A film", "PG-13", "director"), (texts.Name, texts.Maturity, texts.Edit));
        Assert.Equal(["drama", "war"], texts.Genres.ToArray());
        Assert.Equal(["dark"], texts.Moods.ToArray());
        Assert.Equal(["Ann", "Bob"], texts.Cast.ToArray());
        Assert.Equal(["de"], texts.Languages.ToArray());
        Assert.Equal(["DE", "FR"], texts.Countries.ToArray());
        Assert.Equal(1_767_225_600_000_000, texts.AvailableFrom!.Value.UnixMicroseconds);
        Assert.Equal(EventTime.From(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)), texts.AvailableUntil);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"genres\":null,\"name\":null,\"availableFrom\":null", true)]
    [InlineData("\"moods\":\"dark\",\"cast\":{\"a\":1},\"maturity\":12,\"languages\":[1,\"x\"]", true)]
    [InlineData("\"genres\":\"drama\"", false)]
    [InlineData("\"genres\":[\"drama\",1]", false)]
    [InlineData("\"name\":{\"de\":\"x\"}", false)]
    [InlineData("\"availableUntil\":\"soon\"", false)]
    [InlineData("\"availableUntil\":1e300", false)]
    [InlineData("\"countries\":{}", false)]
    [InlineData("\"name\":", false)]
    [InlineData("\"name\":\"x\"}", false)]
    public void Read_AnyShape_SaysWhetherAllCouldBeRead(string annex, bool expected)
    {
        Read(annex, out bool wellFormed);

        Assert.Equal(expected, wellFormed);
    }

    [Fact]
    public void Read_MembersOfTheWrongShape_KeepTheRest()
    {
        TitleTexts texts = Read(
            "\"genres\":[1,\"war\",[\"x\"]],\"countries\":\"DE\",\"availableFrom\":true,\"edit\":\"cut\"", out bool wellFormed);

        Assert.False(wellFormed);
        Assert.Equal(["war"], texts.Genres.ToArray());
        Assert.Empty(texts.Countries);
        Assert.Null(texts.AvailableFrom);
        Assert.Equal("cut", texts.Edit);
    }

    [Fact]
    public void Read_ManyTextsAndALongRow_IsBounded()
    {
        string genres = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"genre number {i}\""));

        Assert.Equal(64, Read($"\"genres\":[{genres}]", out bool wellFormed).Genres.Length);
        Assert.True(wellFormed);
        Assert.Same(TitleTexts.None, Read("", out _));
    }

    [Fact]
    public void TitleTable_RowWithGenresTwiceAndAnEdit_KeepsEachOnceAndAtMostEight()
    {
        var vocabulary = new Vocabulary();
        var titles = new TitleTable(vocabulary);
        var row = new StreamEvent { Kind = EventKind.Title, Title = new TitleId(7) };
        row.PayloadAs<TitlePayload>().DurationMicroseconds = 5;

        titles.Add(row, "\"genres\":[\"a\",\"b\",\"a\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"],\"edit\":\"cut\""u8);

        Assert.True(titles.TryGet(new TitleId(7), default, out TitleFacts facts));
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h"], facts.Genres.Select(vocabulary.Terms.NameOf));
        Assert.Equal("cut", vocabulary.Terms.NameOf(facts.Edit));
    }

    private TitleTexts Read(string annex, out bool wellFormed) => _reader.Read(Encoding.UTF8.GetBytes(annex), out wellFormed);
}
