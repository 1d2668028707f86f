using System.Text.Json;

namespace StreamSense.Tool.Tests.CommandLine;

public sealed class ViewCommandTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task View_OfAnId_PrintsALineAnEventAndTheSession()
    {
        ToolRun run = await ToolRun.OfAsync("view", "mine", File());

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("title The Film", run.Output, StringComparison.Ordinal);
        Assert.Contains("buffer_end", run.Output, StringComparison.Ordinal);
        Assert.Contains("+2.000 rebuffering: 250 ms or more; a stall", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, run.Output.Split('\n').Count(line => line.StartsWith("12:00:", StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith(new string(' ', 40), StringComparison.Ordinal));
        Assert.Contains("played, by quit", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_ByPseudonym_FindsTheSameView()
    {
        string file = File();
        string key = _files.PathOf("key");
        JsonElement byId = (await ToolRun.OfAsync("view", "mine", file, "--key", key, "--json")).Json;
        JsonElement byPseudonym = (await ToolRun.OfAsync("view", byId.GetProperty("view").GetString()!, file, "--key", key, "--json")).Json;

        Assert.Equal(byId.ToString(), byPseudonym.ToString());
        Assert.Equal(2_000, byId.GetProperty("session").GetProperty("times").GetProperty("rebufferingMs").GetInt32());
    }

    [Fact]
    public async Task MeasureSamples_NameAView_ThatViewFinds()
    {
        string file = File();
        string key = _files.PathOf("key");
        JsonElement samples = (await ToolRun.OfAsync("measure", file, "--key", key, "--samples", "--json")).Json.GetProperty("samples");
        string view = samples.GetProperty("stalled")[0].GetProperty("view").GetString()!;
        ToolRun page = await ToolRun.OfAsync("measure", file, "--key", key, "--samples");

        Assert.Equal(0, (await ToolRun.OfAsync("view", view, file, "--key", key)).ExitCode);
        Assert.Contains(view, page.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("samples", (await ToolRun.OfAsync("measure", file, "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_ThatIsNotThere_IsAnError()
    {
        ToolRun run = await ToolRun.OfAsync("view", "yours", File());

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no view 'yours'", run.Error, StringComparison.Ordinal);
    }

    private string File() => _files.Write(
        "events.ndjson",
        """{"kind":"playback_request","time":"2026-01-01T12:00:00Z","view":"mine","seq":0,"title":"The Film"}""",
        """{"kind":"playback_start","time":"2026-01-01T12:00:01Z","view":"mine","seq":1}""",
        """{"kind":"buffer_start","time":"2026-01-01T12:00:10Z","view":"mine","seq":2}""",
        """{"kind":"buffer_end","time":"2026-01-01T12:00:12Z","view":"mine","seq":3}""",
        """{"kind":"playback_end","time":"2026-01-01T12:00:20Z","view":"mine","seq":4,"reason":"quit"}""");
}
