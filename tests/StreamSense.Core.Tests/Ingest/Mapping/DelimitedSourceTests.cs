using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class DelimitedSourceTests
{
    private const string Fields = "\"title\": \"t\", \"value\": \"v\"";

    [Theory]
    [InlineData("\"header\": true", "v,t", "4,m1")]
    [InlineData("\"columns\": [\"x\", \"t\", \"v\"]", "9,m1,4")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"delimiter\": \"::\", \"quote\": \"\"", "m1::4")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"delimiter\": \"\\t\"", "m1\t4")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"delimiter\": \" \", \"collapse\": true", "  m1    4 ")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"trim\": true", "  m1 , 4 ")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"comment\": \"#\"", "# m0,1", "m1,4")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"skip\": 2", "a", "b,c,d", "m1,4")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"quote\": \"'\"", "'m1','4'")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"ragged\": true", "m1,4,5,6")]
    [InlineData("\"columns\": [\"t\", \"v\"], \"trim\": true", " \"m1\" ,4")]
    public void Translate_RowInAnyForm_GivesItsCells(string source, params string[] lines) =>
        Assert.Equal(
            """{"kind":"rating","time":0,"scale":"stars5","title":"m1","value":4}""",
            Mapped.ReadOne(Mapped.Rating(source, Fields), lines));

    [Fact]
    public void Translate_QuotedCell_HoldsDelimitersAndQuotes() =>
        Assert.Equal(
            """{"kind":"rating","time":0,"scale":"stars5","title":"a, \"b\"","value":4}""",
            Mapped.ReadOne(Mapped.Rating("\"columns\": [\"t\", \"v\"]", Fields), "\"a, \"\"b\"\"\",4"));

    [Fact]
    public void Translate_QuoteInsideACell_IsALetter() =>
        Assert.Contains("\"title\":\"a\\\"b\"", Mapped.ReadOne(Mapped.Rating("\"columns\": [\"t\", \"v\"]", Fields), "a\"b,4"));

    [Fact]
    public void Translate_CellOfSeveralLines_IsOneRow()
    {
        string mapping = Mapped.Rating("\"columns\": [\"t\", \"v\"], \"multiline\": true", Fields);

        string[] outcomes = Mapped.Read(mapping, "\"one", "two", "three\",4", "m1,5");

        Assert.Equal(2, outcomes.Length);
        Assert.Contains("\"title\":\"one\\ntwo\\nthree\",\"value\":4", outcomes[0]);
        Assert.Contains("\"title\":\"m1\",\"value\":5", outcomes[1]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(400)]
    public void Translate_QuoteThatIsNeverClosed_LosesItsOwnLineAlone(int lines)
    {
        string mapping = Mapped.Rating("\"columns\": [\"t\", \"v\"], \"multiline\": true", Fields);

        string[] outcomes = Mapped.Read(mapping, ["\"m0,4", .. Enumerable.Range(1, lines).Select(i => $"m{i},4")]);

        Assert.Equal(lines + 1, outcomes.Length);
        Assert.Equal("Malformed: a quote is opened and not closed", outcomes[0]);
        Assert.All(outcomes[1..], outcome => Assert.StartsWith("{", outcome));
    }

    [Theory]
    [InlineData("\"m1,4", "Malformed: a quote is opened and not closed")]
    [InlineData("\"m1\"x,4", "Malformed: after a quoted cell something else than a delimiter stands")]
    [InlineData("m1", "Malformed: the row has 1 cells, expected 2")]
    [InlineData("m1,4,5", "Malformed: the row has 3 cells, expected 2")]
    [InlineData(",4", "MissingField: title: column 't' has no value")]
    [InlineData("m1,", "MissingField: value: column 'v' has no value")]
    [InlineData("m1,abc", "InvalidValue: value: column 'v' is no number, found \"abc\"")]
    public void Translate_RowThatIsNone_IsRefusedByNameOfItsColumn(string line, string expected) =>
        Assert.Equal(
            expected, Assert.Single(Mapped.Read(Mapped.Rating("\"columns\": [\"t\", \"v\"]", Fields + ", \"viewer\": \"t\"")
                .Replace("\"title\": \"t\"", "\"title\": {\"from\": \"t\", \"required\": true}", StringComparison.Ordinal), line)));

    [Fact]
    public void Translate_HeaderWithoutAColumn_RefusesEachRow()
    {
        string[] outcomes = Mapped.Read(Mapped.Rating("\"header\": true", Fields), "t,w", "m1,4", "m2,5");

        Assert.Equal(2, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.Equal("MissingField: value: column 'v' has no value", outcome));
    }

    [Fact]
    public void Translate_ColumnsByNumberAndName_AreTheSame() =>
        Assert.Contains(
            "\"title\":\"m1\",\"value\":4,\"viewer\":\"m1\"",
            Mapped.ReadOne(Mapped.Rating("\"columns\": [\"t\", \"v\"]", "\"title\": \"#1\", \"value\": \"#2\", \"viewer\": \"t\""), "m1,4"));

    [Fact]
    public void Translate_WordsForNothing_AreNoValues() =>
        Assert.DoesNotContain(
            "viewer",
            Mapped.ReadOne(
                Mapped.Rating("\"columns\": [\"t\", \"v\", \"u\"], \"null\": [\"-\", \"\\\\N\"]", Fields + ", \"viewer\": \"u\""), "m1,4,\\N"));

    [Fact]
    public void Translate_DecimalComma_IsRead() =>
        Assert.Contains(
            "\"value\":3.5",
            Mapped.ReadOne(
                Mapped.Rating("\"columns\": [\"t\", \"v\"], \"delimiter\": \";\", \"decimal\": \",\"", Fields), "m1;3,5"));

    [Fact]
    public void Preamble_OfABody_IsWhatARowNeedsToBeReadAlone()
    {
        string mapping = Mapped.Rating("\"header\": true, \"skip\": 1", Fields);
        var translator = new MappingTranslator(Mapped.Load(mapping));
        foreach (string line in (string[])["made by hand", "v,t", "4,m1"])
        {
            translator.Translate(Encoding.UTF8.GetBytes(line), new CanonicalRecords());
        }

        string[] preamble = Encoding.UTF8.GetString(translator.Preamble).Split('\n');

        Assert.Equal(["made by hand", "v,t"], preamble);
        Assert.Contains("\"title\":\"m2\"", Mapped.ReadOne(mapping, [.. preamble, "5,m2"]));
        translator.Begin(new IngestOrigin());
        Assert.True(translator.Preamble.IsEmpty);
    }
}
