using StreamSense.Testing.Simulation;

namespace StreamSense.Tool.Tests.Measuring;

public sealed class ParallelTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Parallel_OfManyViewers_IsTheReportOfOneThreadToTheLetter()
    {
        // Several blocks of lines; every seventh line twice, some broken, and requests on devices that are busy already.
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Viewers = 600, MaximumEvents = 40_000 });
        var lines = new List<string>();
        foreach (string line in simulation.Lines())
        {
            lines.Add(line);
            if (lines.Count % 7 == 0)
            {
                lines.Add(line);
            }

            if (lines.Count % 1001 == 0)
            {
                lines.Add("{\"kind\":");
            }
        }

        string file = _files.Write("a.ndjson", [.. lines]);
        Assert.True(new FileInfo(file).Length > 8 * 1024 * 1024, "The input is to have several blocks.");
        string[] command = ["measure", "--json", "--sections", "all", "--by", "title", "--key", _files.PathOf("key"), file];
        ToolRun one = await ToolRun.OfAsync(command);
        ToolRun all = await ToolRun.OfAsync([.. command, "--parallel"]);

        Assert.Equal((0, 0), (one.ExitCode, all.ExitCode));
        Assert.Equal(one.Output, all.Output);
        Assert.Equal(one.Error, all.Error);
    }

    [Theory]
    [InlineData("--sections", "all")]
    [InlineData("--sections", "none")]
    [InlineData("--sections", "audience,social")]
    public async Task Sections_OfNames_AreThoseOfTheReport(string option, string value)
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--json", option, value, _files.Write("a.ndjson", Lines.OfOneView));
        Assert.Equal(0, run.ExitCode);
        string[] names = [.. run.Json.EnumerateObject().Select(member => member.Name)];
        Assert.Equal(value is "all", names.Contains("retention"));
        Assert.Equal(value is not "none", names.Contains("audience"));
        Assert.Equal(value is "all", names.Contains("delivery"));
    }

    [Fact]
    public async Task Sections_OfAnUnknownName_IsAnArgumentError()
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--sections", "weather", _files.Write("a.ndjson", Lines.OfOneView));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("weather", run.Error, StringComparison.Ordinal);
    }
}
