using StreamSense.Tool.Tests.Measuring;

namespace StreamSense.Tool.Tests.Failures;

public sealed class FailedTests : IDisposable
{
    private const string Secret = "grandma-smith";

    private readonly EventFiles _files = new();

    [Fact]
    public async Task Failed_OfAMeasuredFile_ListsShowsAndKeepsIdsSealed()
    {
        (string folder, string key) = await FailAsync(
            $$"""{"kind":"rating","time":"2026-03-01T20:00:00Z","viewer":"{{Secret}}","title":"t"}""",
            $$"""{"kind":"rating","time":"2026-03-01T20:00:00Z","viewer":"{{Secret}}","title":"t","value":"{{Secret}}","scale":"stars5"}""");

        ToolRun list = await ToolRun.OfAsync("failed", "list", folder);
        ToolRun clear = await ToolRun.OfAsync("failed", "show", folder, "1-2");
        ToolRun opened = await ToolRun.OfAsync("failed", "show", folder, "1-2", "--key", key);

        Assert.Contains("1-1", list.Output, StringComparison.Ordinal);
        Assert.Contains("value: is required", list.Output, StringComparison.Ordinal);
        Assert.Contains("2 failed records", list.Output, StringComparison.Ordinal);
        Assert.Contains("(sealed: --key opens it)", clear.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, list.Output + clear.Output, StringComparison.Ordinal);
        Assert.Contains($"\"viewer\":\"{Secret}\"", opened.Output, StringComparison.Ordinal);
        Assert.Contains("path         value", opened.Output, StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(folder))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Failed_UnderAnotherKey_StaysSealed()
    {
        (string folder, _) = await FailAsync("{");
        string other = _files.PathOf("other.key");
        await ToolRun.OfAsync("convert", _files.Write("x", Lines.OfOneView), "--out", "-", "--key", other);

        ToolRun run = await ToolRun.OfAsync("failed", "replay", folder, "--key", other, "--out", "-");

        Assert.Contains("0 records pass now (0 events), 0 fail again, 1 cannot be tried", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfRecordsThatStillFail_WritesNothingAndSaysSo()
    {
        (string folder, string key) = await FailAsync("{", """{"kind":"dance","time":1}""");

        ToolRun run = await ToolRun.OfAsync("failed", "replay", folder, "--key", key, "--out", "-", "--reason", "UnknownKind");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("0 records pass now (0 events), 1 fail again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfAnIdThatIsNotThere_SaysSo()
    {
        (string folder, _) = await FailAsync("{");

        ToolRun run = await ToolRun.OfAsync("failed", "show", folder, "9-9");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no failed record 9-9", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_WithoutAKey_IsRefusedBeforeAnythingIsRead()
    {
        ToolRun run = await ToolRun.OfAsync("measure", _files.Write("x", "{"), "--failed", _files.PathOf("failed"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--failed needs --key", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private async Task<(string Folder, string Key)> FailAsync(params string[] lines)
    {
        string folder = _files.PathOf("failed");
        string key = _files.PathOf("key");
        ToolRun run = await ToolRun.OfAsync("measure", _files.Write("bad.ndjson", lines), "--failed", folder, "--key", key);
        Assert.Equal(0, run.ExitCode);
        return (folder, key);
    }
}
