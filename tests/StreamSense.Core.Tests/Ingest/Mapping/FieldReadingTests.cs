using System.Globalization;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class FieldReadingTests
{
    [Theory]
    [InlineData("bufferMs", "s", "1.5", "1500")]
    [InlineData("bufferMs", "us", "1500", "1.500")]
    [InlineData("bufferMs", "ns", "5", "0.000005")]
    [InlineData("bufferMs", "min", "1.5", "90e3")]
    [InlineData("bufferMs", "h", "2", "72e5")]
    [InlineData("bitrateKbps", "bps", "2500000", "2500.000")]
    [InlineData("bitrateKbps", "Mbps", "2.5", "25e2")]
    [InlineData("bitrateKbps", "kB/s", "10", "80")]
    [InlineData("bytes", "KiB", "3", "3072")]
    [InlineData("bytes", "kB", "3", "3e3")]
    [InlineData("confidence", "percent", "55", "0.55")]
    [InlineData("percent", "ratio", "0.25", "25")]
    [InlineData("amount", "cents", "-999", "-9.99")]
    [InlineData("amount", "micros", "+9990000", "9.990000")]
    public void Translate_Unit_IsThatOfTheMember(string member, string unit, string text, string expected)
    {
        string written = Mapped.ReadOne(
            Mapped.Custom($$"""  "{{member}}": { "from": "a", "unit": "{{unit}}" } """), $$"""{"a":"{{text}}"}""");

        string number = written[(written.IndexOf(member, StringComparison.Ordinal) + member.Length + 2)..].TrimEnd('}');
        Assert.Equal(decimal.Parse(expected, NumberStyles.Float), decimal.Parse(number, NumberStyles.Float));
    }

    [Theory]
    [InlineData("\"time\": \"unix_s\"", "964982703", "964982703000")]
    [InlineData("\"time\": \"unix_s\"", "1.0000019", "1000.001")]
    [InlineData("\"time\": \"unix_ms\"", "1500.25", "1500.250")]
    [InlineData("\"time\": \"unix_us\"", "1500", "1.500")]
    [InlineData("\"time\": \"unix_ns\"", "1500999", "1.500")]
    [InlineData("\"time\": \"rfc3339\"", "1970-01-01T01:00:00.5+01:00", "500")]
    [InlineData("\"as\": \"text\"", "1970-01-01", "0", true)]
    [InlineData("\"time\": \"yyyy\"", "1931", "-1230768000000")]
    [InlineData("\"time\": \"yyyyMMdd\"", "19970118", "853545600000")]
    [InlineData("\"time\": \"dd.MM.yyyy H:mm\"", "02.01.1970 1:30", "91800000")]
    [InlineData("\"time\": \"yyyy-MM-dd'T'HH:mm:ss.fffK\"", "1970-01-01T00:00:01.250+0000", "1250")]
    [InlineData("\"time\": \"MMM d yyyy h:mm tt\"", "Jan 2 1970 12:05 AM", "86700000")]
    [InlineData("\"time\": \"ddd, d MMMM yyyy HH:mm:ss\"", "Fri, 2 January 1970 00:00:00", "86400000")]
    [InlineData("\"time\": \"%d/%b/%Y:%H:%M:%S %z\"", "02/Jan/1970:02:00:00 +0200", "86400000")]
    [InlineData("\"time\": \"%F %T\"", "1970-01-01 00:00:10", "10000")]
    [InlineData("\"time\": \"%j %y\"", "032 70", "2678400000")]
    [InlineData("\"time\": \"yyyy-MM-dd HH:mm\", \"zone\": \"+02:00\"", "1970-01-01 02:00", "0")]
    [InlineData("\"time\": \"yyyy-MM-dd HH:mm\", \"zone\": \"Europe/Berlin\"", "2024-07-01 12:00", "1719828000000")]
    [InlineData("\"time\": \"yyyy-MM-dd HH:mm\", \"zone\": \"Europe/Berlin\"", "2024-01-01 12:00", "1704106800000")]
    [InlineData("\"time\": \"yyyy-MM-dd HH:mm\", \"zone\": \"Europe/Berlin\"", "2024-03-31 02:30", "1711848600000")]
    [InlineData("\"time\": \"yyyy-MM-dd HH:mm\", \"zone\": \"Europe/Berlin\"", "2024-10-27 02:30", "1729992600000")]
    [InlineData("\"time\": \"yyyy-MM-dd HH\"", "1970-01-01 24", "86400000")]
    public void Translate_Time_IsInMilliseconds(string spec, string text, string expected, bool isPlain = false)
    {
        string field = isPlain ? "\"published\": \"a\"" : $$""" "published": { "from": "a", {{spec}} } """;

        Assert.EndsWith($"\"published\":{expected}}}", Mapped.ReadOne(Mapped.Custom(field), $$"""{"a":"{{text}}"}"""));
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "1970-02-30")]
    [InlineData("yyyy-MM-dd", "1970-02-03x")]
    [InlineData("yyyy-MM-dd", "1970-2-03")]
    [InlineData("%j %y", "366 70")]
    [InlineData("hh:mm yyyy", "13:00 1970")]
    [InlineData("unix_s", "99999999999999999999")]
    [InlineData("rfc3339", "0")]
    public void Translate_TimeThatDoesNotFit_IsRefused(string format, string text) =>
        Assert.StartsWith(
            "InvalidValue: published: 'a' is no time as",
            Mapped.ReadOne(Mapped.Custom($$""" "published": { "from": "a", "time": "{{format}}" } """), $$"""{"a":"{{text}}"}"""));

    [Theory]
    [InlineData("""{ "from": ["x", "a"] }""", "a b", "a b")]
    [InlineData("""{ "text": "{a}-{{x}}-{a}" }""", "1", "1-{x}-1")]
    [InlineData("""{ "text": "{a}-{x}" }""", "1", null)]
    [InlineData("""{ "from": "a", "decode": "percent" }""", "a%20b+%zz%C3%A9", "a b+%zzé")]
    [InlineData("""{ "from": "a", "decode": "form" }""", "a%20b+c", "a b c")]
    [InlineData("""{ "from": "a", "decode": "percent" }""", "%FF", "%FF")]
    [InlineData("""{ "from": "a", "after": "@V/", "before": "?" }""", "x@V/y?z", "y")]
    [InlineData("""{ "from": "a", "after": "@V/" }""", "xy", "xy")]
    [InlineData("""{ "from": "a", "pair": { "key": "sid" } }""", "br=1, sid=\\\"a,b\\\",su", "a,b")]
    [InlineData("""{ "from": "a", "pair": { "key": "su" } }""", "sud=1,su", "true")]
    [InlineData("""{ "from": "a", "pair": { "key": "k", "between": "&" } }""", "x=1&k=a=b", "a=b")]
    [InlineData("""{ "from": "a", "match": "^(.*) \\((\\d{4})\\)$" }""", "Big (1988)", "Big")]
    [InlineData("""{ "from": "a", "match": "^(.*) \\((?<year>\\d{4})\\)$", "group": "year" }""", "Big (1988)", "1988")]
    [InlineData("""{ "from": "a", "match": "^(.*) \\((\\d{4})\\)$", "group": 2 }""", "Big (1988)", "1988")]
    [InlineData("""{ "from": "a", "match": "\\d+" }""", "ab12", "12")]
    [InlineData("""{ "from": "a", "match": "\\d+" }""", "ab", null)]
    [InlineData("""{ "from": "a", "case": "lower" }""", "AbÉ", "abÉ")]
    [InlineData("""{ "from": "a", "null": ["?"] }""", "?", null)]
    [InlineData("""{ "from": "a", "map": { "x": "y" }, "else": "z" }""", "x", "y")]
    [InlineData("""{ "from": "a", "map": { "x": "y" }, "else": "z" }""", "w", "z")]
    [InlineData("""{ "from": "a", "map": { "x": null }, "default": "d" }""", "x", "d")]
    [InlineData("""{ "from": "b", "default": "d" }""", "x", "d")]
    [InlineData("""{ "from": "a", "prefix": "p-" }""", "x", "p-x")]
    public void Translate_Steps_CutTheText(string spec, string text, string? expected)
    {
        string written = Mapped.ReadOne(Mapped.Custom($"\"app\": {spec}"), $$"""{"a":"{{text}}"}""");

        string member = expected is null ? "\"name\":\"n\"}" : $"\"app\":\"{expected}\"}}";
        Assert.EndsWith(member, written);
    }

    [Theory]
    [InlineData("Yes", "true")]
    [InlineData("0", "false")]
    [InlineData("maybe", null)]
    public void Translate_Truth_IsReadInItsCommonWords(string text, string? expected)
    {
        string written = Mapped.ReadOne(Mapped.Custom("\"live\": \"a\""), $$"""{"a":"{{text}}"}""");

        Assert.Equal(expected is null, written.StartsWith("InvalidValue: live: 'a' is neither true nor false", StringComparison.Ordinal));
        Assert.Equal(expected is not null, written.EndsWith($"\"live\":{expected}}}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"a | b||c\"", "[\"a\",\"B\",\"c\"]")]
    [InlineData("[\"a\",\"\",\"b\",7]", "[\"a\",\"B\",\"7\"]")]
    [InlineData("\"x\"", null)]
    public void Translate_List_IsSplitAndMapped(string value, string? expected)
    {
        string written = Mapped.ReadOne(
            Mapped.Custom("""
                "genres": { "from": "a", "split": "|", "map": { "a": "a", "b": "B", "c": "c", "7": "7", "x": null } }
                """),
            $$"""{"a":{{value}}}""");

        Assert.EndsWith(expected is null ? "\"name\":\"n\"}" : $"\"genres\":{expected}}}", written);
    }

    [Theory]
    [InlineData("\"lenient\": true", "x", "\"name\":\"n\"}")]
    [InlineData("\"lenient\": true, \"default\": 7", "x", "\"bufferMs\":7}")]
    [InlineData("\"required\": true", "", "MissingField: bufferMs: 'a' has no value")]
    [InlineData("\"unit\": \"ms\"", "0007", "\"bufferMs\":7}")]
    [InlineData("\"unit\": \"ms\"", ".5", "\"bufferMs\":0.5}")]
    [InlineData("\"unit\": \"ms\"", "1.5.2", "InvalidValue: bufferMs: 'a' is no number, found \"1.5.2\"")]
    public void Translate_ValueThatIsNone_IsTreatedAsTold(string spec, string text, string expected) =>
        Assert.EndsWith(
            expected, Mapped.ReadOne(Mapped.Custom($$""" "bufferMs": { "from": "a", {{spec}} } """), $$"""{"a":"{{text}}"}"""));

    [Fact]
    public void Translate_IdSpace_StandsBeforeIdsAlone()
    {
        string mapping = Mapped.Custom("\"viewer\": \"a\", \"app\": \"a\", \"title\": { \"from\": \"a\", \"prefix\": \"\" }")
            .Replace("\"name\": \"t\",", "\"name\": \"t\", \"idSpace\": \"s\",", StringComparison.Ordinal);

        Assert.EndsWith("\"viewer\":\"s:x\",\"app\":\"x\",\"title\":\"x\"}", Mapped.ReadOne(mapping, """{"a":"x"}"""));
    }
}
