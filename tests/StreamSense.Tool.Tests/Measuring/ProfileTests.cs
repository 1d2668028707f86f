using System.Text.Json;

namespace StreamSense.Tool.Tests.Measuring;

/// <summary><c>measure --profile</c> and <c>--against</c>: the same views by the definitions of others.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Profile_OfAProduct_IsBesideTheOwnMetrics()
    {
        JsonElement report = (await MeasureAsync("--json", "--profile", "mux")).Json;
        JsonElement profile = report.GetProperty("profile");

        Assert.Equal("mux", profile.GetProperty("profile").GetString());
        Assert.Equal(3 / 1798.8, profile.GetProperty("metrics").GetProperty("rebufferShare").GetDouble(), 12);
        Assert.Equal(3 / 1800d, report.GetProperty("metrics").GetProperty("bufferingRatio").GetDouble(), 12);
        Assert.False(report.TryGetProperty("profileComparison", out _));
    }

    [Fact]
    public async Task Against_AnotherProfile_NamesWhatMakesThemDiffer()
    {
        JsonElement comparison = (await MeasureAsync("--json", "--profile", "mux", "--against", "cta2066")).Json
            .GetProperty("profileComparison");
        JsonElement stalled = comparison.GetProperty("concepts").EnumerateArray()
            .Single(concept => concept.GetProperty("concept").GetString() == "stalledTimeShare");
        JsonElement term = stalled.GetProperty("terms").EnumerateArray()
            .Single(candidate => candidate.GetProperty("amount").GetDouble() != 0);

        Assert.Equal("startingOfPlays", term.GetProperty("term").GetString());
        Assert.Equal(1.2, term.GetProperty("amount").GetDouble());
        Assert.Equal(stalled.GetProperty("difference").GetDouble(), term.GetProperty("effect").GetDouble(), 15);
    }

    [Fact]
    public async Task Against_WithoutAProfile_ComparesTheOwnDefinitionsInWords()
    {
        string page = (await MeasureAsync("--against", "mux")).Output;

        Assert.Contains(
            "stalledTimeShare: streamsense 0.0017 (bufferingRatio), mux 0.0017 (rebufferShare)", page, StringComparison.Ordinal);
        Assert.Contains("startingOfPlays 1.2 s is in the denominator of streamsense, not of mux", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_ThatThereIsNone_IsAnArgumentError()
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--profile", "nobody", _files.Write("a.ndjson", Lines.OfOneView));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nobody", run.Error, StringComparison.Ordinal);
    }

    private async Task<ToolRun> MeasureAsync(params string[] arguments)
    {
        ToolRun run = await ToolRun.OfAsync(["measure", .. arguments, _files.Write("a.ndjson", Lines.OfOneView)]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
