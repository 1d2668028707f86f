using System.Text;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class SourceMappingTests
{
    private const string Good = """
        {
          "name": "t",
          "source": { "format": "delimited", "columns": ["user", "film", "stars", "when"] },
          "events": [
            {
              "kind": "rating",
              "fields": {
                "viewer": "user", "title": "film", "value": "stars", "scale": "stars5",
                "time": { "from": "when", "time": "unix_s" }
              }
            }
          ]
        }
        """;

    [Theory]
    [InlineData("\"kind\": \"rating\"", "\"kind\": \"ratting\"", 6, 15, "events[0].kind", "did you mean 'rating'?")]
    [InlineData("\"viewer\": \"user\"", "\"viewr\": \"user\"", 8, 18, "events[0].fields.viewr", "did you mean 'viewer'?")]
    [InlineData("\"film\", \"value\"", "\"flim\", \"value\"", 8, 35, "events[0].fields.title", "there is no column 'flim'; did you mean 'film'?")]
    [InlineData("\"unix_s\"", "\"unixs\"", 9, 42, "events[0].fields.time", "did you mean 'unix_s'?")]
    [InlineData("\"time\": \"unix_s\"", "\"tme\": \"unix_s\"", 9, 41, "events[0].fields.time.tme", "did you mean 'time'?")]
    [InlineData("\"time\": \"unix_s\"", "\"unit\": \"s\"", 9, 42, "events[0].fields.time.unit", "this member has no unit")]
    [InlineData("\"scale\": \"stars5\"", "\"scale\": [5, 1]", 8, 71, "events[0].fields.scale", "with the minimum below the maximum")]
    [InlineData("\"scale\": \"stars5\"", "\"scale\": { \"value\": \"stars7\" }", 8, 82, "events[0].fields.scale.value", "did you mean 'stars5'?")]
    [InlineData("\"value\": \"stars\", ", "", 5, 5, "events[0]", "an event of kind rating needs 'value'")]
    [InlineData("\"format\": \"delimited\"", "\"format\": \"csv\"", 3, 25, "source.format", "expected one of delimited, json")]
    [InlineData("\"format\": \"delimited\"", "\"format\": \"delimited\", \"header\": true", 3, 63, "source.columns", "the header names the columns")]
    [InlineData("\"user\", \"film\"", "\"film\", \"film\"", 3, 59, "source.columns[1]", "there are two columns 'film'")]
    [InlineData("\"name\": \"t\"", "\"name\": \"\"", 2, 11, "name", "expected a text that is not empty")]
    [InlineData("\"name\": \"t\"", "\"name\": \"a b\"", 2, 11, "name", "ASCII letters")]
    [InlineData("\"name\": \"t\",", "\"name\": \"t\", \"name\": \"t\",", 2, 24, "name", "stands twice")]
    [InlineData("\"name\": \"t\",", "\"name\": \"t\", \"version\": 2,", 2, 27, "version", "this release reads version 1")]
    [InlineData("\"name\": \"t\",", "", 1, 1, "", "expected a member 'name'")]
    [InlineData("\"viewer\": \"user\"", "\"fields.\": \"user\"", 8, 20, "events[0].fields.fields.", "have members of their own")]
    [InlineData("\"viewer\": \"user\"", "\"viewer\": { \"from\": \"user\", \"text\": \"{user}\" }", 8, 19, "events[0].fields.viewer", "not both")]
    [InlineData("\"viewer\": \"user\"", "\"viewer\": { \"text\": \"{user\" }", 8, 29, "events[0].fields.viewer.text", "has no counterpart")]
    [InlineData("\"viewer\": \"user\"", "\"viewer\": { \"from\": \"user\", \"match\": \"(\" }", 8, 46, "events[0].fields.viewer.match", "this is no pattern")]
    [InlineData("\"viewer\": \"user\"", "\"viewer\": { \"from\": \"user\", \"match\": \"(?=a)\" }", 8, 46, "events[0].fields.viewer.match", "go back in the text")]
    [InlineData("\"viewer\": \"user\"", "\"viewer\": { \"from\": \"user\", \"else\": \"x\" }", 8, 45, "events[0].fields.viewer.else", "only beside 'map'")]
    [InlineData("\"unix_s\"", "\"HH:mm\"", 9, 42, "events[0].fields.time.time", "has no year")]
    [InlineData("\"time\": \"unix_s\"", "\"time\": \"yyyy\", \"zone\": \"Mars/Base\"", 9, 58, "events[0].fields.time.zone", "knows no time zone")]
    [InlineData("\"kind\": \"rating\",", "\"kind\": \"rating\", \"when\": { \"from\": \"user\" },", 6, 33, "events[0].when", "expected a test")]
    [InlineData("\"kind\": \"rating\",", "\"kind\": \"rating\",,", 6, 24, "", "this is no JSON")]
    public void Load_Defect_IsToldWithItsPlace(string good, string bad, int line, int column, string path, string rule)
    {
        MappingException error = Assert.Throws<MappingException>(() => Mapped.Load(Good.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(rule, error.Message);
        Assert.StartsWith($"m.json({error.Line},{error.Column}): ", error.Message);
        Assert.StartsWith(path, error.Path);
        Assert.Equal(line, error.Line);
        Assert.InRange(error.Column, Math.Max(1, column - 3), column + 3);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("a[x]")]
    [InlineData("a[1")]
    [InlineData("a[1]b")]
    [InlineData(".a")]
    public void Load_PathThatIsNone_IsRefused(string path) =>
        Assert.Contains("the path '", Assert.Throws<MappingException>(() => Mapped.Load(Mapped.Custom($"\"viewer\": \"{path}\""))).Message);

    [Fact]
    public void Load_FileThatIsTooLong_IsRefused()
    {
        using var stream = new MemoryStream(new byte[(1024 * 1024) + 5]);

        Assert.Contains("longer than", Assert.Throws<MappingException>(() => SourceMapping.Load(stream)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    public void Load_NoMapping_IsRefused(string text) => Assert.Throws<MappingException>(() => Mapped.Load(text));

    [Fact]
    public void Load_Mapping_SaysWhatItIs()
    {
        SourceMapping mapping = SourceMapping.Load(Encoding.UTF8.GetBytes("\uFEFF" + Good));

        Assert.Equal("t", mapping.Name);
        Assert.Equal("t", new MappingTranslator(mapping).Format);
    }
}
