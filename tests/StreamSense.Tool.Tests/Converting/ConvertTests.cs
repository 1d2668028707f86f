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
