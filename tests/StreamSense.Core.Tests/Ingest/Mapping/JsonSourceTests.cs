namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class JsonSourceTests
{
    [Theory]
    [InlineData("a", """{"a":"x"}""")]
    [InlineData("a.b", """{"z":{"b":1},"a":{"c":[1,{"b":2}],"b":"x"}}""")]
    [InlineData("a[1].c", """{"a":[{"c":"w"},{"c":"x"}]}""")]
    [InlineData("a[\\\"b.c\\\"]", """{"a":{"b.c":"x"}}""")]
    [InlineData("a", """{"a":"\u0078"}""")]
    [InlineData("a", """{"\u0061":"x"}""")]
    public void Translate_Path_FindsItsValue(string path, string document) =>
        Assert.Contains("\"viewer\":\"x\"", Mapped.ReadOne(Mapped.Custom($"\"viewer\": \"{path}\""), document));

    [Theory]
    [InlineData("a.b", """{"a":"x"}""")]
    [InlineData("a[3]", """{"a":["x"]}""")]
    [InlineData("a", """{"a":null}""")]
    [InlineData("a", """{"a":""}""")]
    public void Translate_PathToNothing_GivesNone(string path, string document) =>
        Assert.DoesNotContain("viewer", Mapped.ReadOne(Mapped.Custom($"\"viewer\": \"{path}\""), document));

    [Fact]
    public void Translate_DocumentOfManyRecords_GivesEachWithWhatTheySharePath()
    {
        string mapping = Mapped.Custom("\"viewer\": \"id\", \"app\": \"$.meta.app\"", ", \"records\": \"data.items\"");

        string[] outcomes = Mapped.Read(
            mapping, """{"data":{"items":[{"id":"v1"},{"id":2},7]},"meta":{"app":"tv"}}""", """{"data":{}}""");

        Assert.Equal(4, outcomes.Length);
        Assert.Contains("\"viewer\":\"v1\",\"app\":\"tv\"", outcomes[0]);
        Assert.Contains("\"viewer\":\"2\",\"app\":\"tv\"", outcomes[1]);
        Assert.Equal("Malformed: expected a JSON object as a record", outcomes[2]);
        Assert.Equal("Malformed: there is no array of records at 'data.items'", outcomes[3]);
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1} x")]
    [InlineData("[1]")]
    [InlineData("7")]
    public void Translate_NoObject_IsMalformed(string piece) =>
        Assert.StartsWith("Malformed", Assert.Single(Mapped.Read(Mapped.Custom("\"viewer\": \"a\""), piece)));

    [Fact]
    public void Translate_BrokenDocumentOfManyRecords_GivesNoneOfThem() =>
        Assert.Equal(
            ["Malformed: this is no JSON"],
            Mapped.Read(Mapped.Custom("\"viewer\": \"id\"", ", \"records\": \"r\""), """{"r":[{"id":1},{"id":2}],"x":}"""));

    [Fact]
    public void Translate_FreeMembers_StayWhatTheyAre() =>
        Assert.Contains(
            "\"fields\":{\"a\":1.50,\"b\":\"x\",\"c\":[1,2],\"d\":true,\"e\":\"1.50\",\"f\":7}",
            Mapped.ReadOne(
                Mapped.Custom("""
                    "fields.a": "a", "fields.b": "b", "fields.c": "c", "fields.d": "d", "fields.e": { "from": "a", "as": "text" },
                    "fields.f": { "from": "f", "as": "number" }, "fields.g": "none"
                    """),
                """{"a":1.50,"b":"x","c":[1,2],"d":true,"f":"7"}"""));

    [Fact]
    public void Translate_LastOfEqualMembers_Counts() =>
        Assert.Contains("\"viewer\":\"2\"", Mapped.ReadOne(Mapped.Custom("\"viewer\": \"a\""), """{"a":1,"a":2}"""));
}
