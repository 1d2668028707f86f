using System.Text.Json;
using StreamSense.Tool.Tests.Measuring;

namespace StreamSense.Tool.Tests.Converting;

public sealed class ConvertTests : IDisposable
{
    private readonly EventFiles _files = new();

    [Fact]
    public async Task Convert_ToNdjson_MeasuresAsItsSource()
    {
        string source = _files.Write("source.ndjson", [.. Lines.OfOneView, .. Lines.OfAnotherView, Lines.OfOneView[0]]);
        string converted = _files.PathOf("converted.ndjson");

        ToolRun run = await ToolRun.OfAsync("convert", source, "--out", converted, "--to", "ndjson");

        Assert.Equal(0, run.ExitCode);
        JsonElement expected = (await ToolRun.OfAsync("measure", "--json", "--by", "title", source)).Json;
        JsonElement actual = (await ToolRun.OfAsync("measure", "--json", "--by", "title", converted)).Json;
        Assert.Equal(1, expected.GetProperty("totals").GetProperty("duplicates").GetInt32());
        Assert.Equal(expected.GetRawText(), actual.GetRawText());
    }

    [Fact]
    public async Task Convert_OfAMissingFile_LeavesTheOutputAsItWas()
    {
        string output = _files.Write("converted.ndjson", [.. Lines.OfOneView]);
        string before = await File.ReadAllTextAsync(output);

        ToolRun run = await ToolRun.OfAsync("convert", _files.PathOf("missing.ndjson"), "--out", output);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no such file", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(output));
    }

    [Fact]
    public async Task Convert_ToMessagePack_MeasuresAsItsSource()
    {
        string source = _files.Write("source.ndjson", [.. Lines.OfOneView, .. Lines.OfAnotherView, Lines.OfOneView[0]]);
        string converted = _files.PathOf("converted.msgpack");

        ToolRun run = await ToolRun.OfAsync("convert", source, "--out", converted, "--to", "msgpack");

        Assert.Equal(0, run.ExitCode);
        JsonElement expected = (await ToolRun.OfAsync("measure", "--json", "--by", "title", source)).Json;
        JsonElement actual = (await ToolRun.OfAsync("measure", "--json", "--by", "title", "--format", "msgpack", converted)).Json;
        Assert.Equal(expected.GetRawText(), actual.GetRawText());
    }

    [Fact]
    public async Task Convert_ByAMapping_ReadsWhatTheMappingSays()
    {
        string map = Path.Combine(AppContext.BaseDirectory, "movielens.json");
        string source = _files.Write("ratings.csv", "userId,movieId,rating,timestamp", "7,tt1,0.5,964982703", "7,tt2,9,964982704");

        ToolRun run = await ToolRun.OfAsync("convert", source, "--format", "mapped", "--map", map, "--out", "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"title\":\"tt1\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"value\":0.5,\"scale\":[0.5,5]", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 records: 1 became 1 events, 1 were rejected", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mapped", "--format mapped needs --map FILE, the mapping")]
    public async Task Convert_WithoutWhatTheFormatNeeds_SaysWhat(string format, string expected)
    {
        ToolRun run = await ToolRun.OfAsync("convert", _files.Write("x", "y"), "--format", format, "--out", "-");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scorecard_OfAFile_NamesSourcesAndWhatTheDoorRefused()
    {
        string source = _files.Write("source.ndjson", [.. Lines.OfOneView, Lines.OfOneView[0], "{"]);

        ToolRun people = await ToolRun.OfAsync("scorecard", source);
        JsonElement json = (await ToolRun.OfAsync("scorecard", "--json", source)).Json;

        Assert.Contains("duplicates 1", people.Output, StringComparison.Ordinal);
        Assert.Contains("Malformed: 1", people.Output, StringComparison.Ordinal);
        Assert.Equal(1, json.GetProperty("sources")[0].GetProperty("duplicates").GetInt32());
        Assert.Equal(7, json.GetProperty("doors")[0].GetProperty("offered").GetInt32());
    }

    [Fact]
    public async Task Measure_OfAnAccessLog_CountsVisitsAndBots()
    {
        const string Request = "192.0.2.7 - - [01/Mar/2026:20:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" ";
        string source = _files.Write("access.log", Request + "\"Mozilla/5.0 (iPhone)\"", Request + "\"curl/8\"", "no log line");

        JsonElement json = (await ToolRun.OfAsync("measure", "--json", "--format", "access-log", source)).Json;

        Assert.Equal((2, 2, 1), (
            json.GetProperty("accessLog").GetProperty("requests").GetInt32(),
            json.GetProperty("accessLog").GetProperty("visits").GetInt32(),
            json.GetProperty("accessLog").GetProperty("botVisits").GetInt32()));
        Assert.Equal(2, json.GetProperty("totals").GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Convert_WithOneKey_GivesOnePseudonymInEveryRun()
    {
        string source = _files.Write("source.ndjson", Lines.OfOneView);
        string key = _files.PathOf("key");

        ToolRun first = await ToolRun.OfAsync("convert", source, "--out", "-", "--key", key);
        ToolRun second = await ToolRun.OfAsync("convert", source, "--out", "-", "--key", key);
        ToolRun stranger = await ToolRun.OfAsync("convert", source, "--out", "-");

        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(first.Output, stranger.Output);
        Assert.DoesNotContain("\"v1\"", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_RecordsThatFail_AreCountedAndTheRestIsWritten()
    {
        string source = _files.Write("source.ndjson", [Lines.OfOneView[0], "{", """{"kind":"dance","time":1}"""]);

        ToolRun run = await ToolRun.OfAsync("convert", source, "--out", "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("3 records: 1 became 1 events, 2 were rejected", run.Error, StringComparison.Ordinal);
        Assert.Contains("UnknownKind: 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_OntoItsInput_IsRefusedAndLeavesItWhole()
    {
        string source = _files.Write("source.ndjson", Lines.OfOneView);
        string before = await File.ReadAllTextAsync(source);

        ToolRun run = await ToolRun.OfAsync("convert", source, "--out", source);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("it is an input", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(source));
    }

    public void Dispose() => _files.Dispose();
}
