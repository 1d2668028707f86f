using System.Text.Json;
using StreamSense.Testing.Simulation;

namespace StreamSense.Tool.Tests.Cubes;

public sealed class CubeTests : IDisposable
{
    private static readonly string[] _sums =
    [
        "attempts", "plays", "exitsBeforeStart", "startFailures", "startDenials", "playbackFailures", "stalls", "bitrateSwitches",
        "watchSeconds", "playSeconds", "stallSeconds", "adSeconds", "backgroundPlaySeconds",
    ];

    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task By_OfADimension_HasTheFiguresOfItsViews()
    {
        JsonElement[] rows = await RowsAsync("--by", "country");

        Assert.Equal(["DE", "FR"], rows.Select(row => row.GetProperty("by").GetProperty("country").GetString()));
        JsonElement german = rows[0].GetProperty("metrics");
        JsonElement french = rows[1].GetProperty("metrics");
        Assert.Equal((2, 2, 1800, 6, 0), FiguresOf(german));
        Assert.Equal((2, 1, 1205, 0, 1), FiguresOf(french));
        Assert.Equal(6.0 / 1800, german.GetProperty("bufferingRatio").GetDouble());
        Assert.Equal(0.5, german.GetProperty("stalledViewsShare").GetDouble());
        Assert.Equal(900, german.GetProperty("averageWatchSeconds").GetDouble());
        Assert.Equal(1200, french.GetProperty("averageWatchSeconds").GetDouble());
        Assert.InRange(french.GetProperty("startupMs").GetProperty("p50").GetDouble(), 3000 * 0.99, 3000 * 1.01);
    }

    [Theory]
    [InlineData("title", "e1:2", "film:2")]
    [InlineData("type", "episode:2", "movie:2")]
    [InlineData("genre", "drama:4", "crime:2")]
    [InlineData("series", ":2", "show:2")]
    [InlineData("plan", ":2", "gold:2")]
    [InlineData("asn", "64500:2", ":1", "64501:1")]
    [InlineData("cdn", "east:2", "west:2")]
    [InlineData("deviceKind", "tv:2", "web:2")]
    [InlineData("app", "tv/1:2", "web/2:2")]
    [InlineData("country,cdn", "DE,east:1", "DE,west:1", "FR,east:1", "FR,west:1")]
    [InlineData("cdn,country", "east,DE:1", "east,FR:1", "west,DE:1", "west,FR:1")]
    [InlineData("title,plan,cdn", "e1,,west:1", "e1,gold,east:1", "film,,west:1", "film,gold,east:1")]
    public async Task By_OfDimensions_HasARowOfEachOfTheirValues(string by, params string[] expected)
    {
        JsonElement[] rows = await RowsAsync("--by", by);

        Assert.Equal(expected, rows.Select(row =>
            string.Join(',', row.GetProperty("by").EnumerateObject().Select(value => value.Value.GetString()))
            + ":" + row.GetProperty("metrics").GetProperty("attempts").GetInt64()));
        Assert.All(rows, row => Assert.False(row.GetProperty("isOther").GetBoolean()));
    }

    [Fact]
    public async Task Every_Hour_PutsWhatBeganAndWhatEndedIntoTheirWindows()
    {
        JsonElement[] rows = await RowsAsync("--by", "country", "--every", "1h");

        Assert.Equal(
            ["DE 2026-03-01T20:00:00Z", "FR 2026-03-01T20:00:00Z", "FR 2026-03-01T21:00:00Z"],
            rows.Select(row => row.GetProperty("by").GetProperty("country").GetString() + " " + row.GetProperty("from").GetString()));
        Assert.Equal((2, 2, 1800, 6, 0), FiguresOf(rows[0].GetProperty("metrics")));
        Assert.Equal((1, 1, 0, 0, 0), FiguresOf(rows[1].GetProperty("metrics")));
        Assert.Equal((1, 0, 1205, 0, 1), FiguresOf(rows[2].GetProperty("metrics")));
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("metrics").GetProperty("bufferingRatio").ValueKind);
    }

    [Theory]
    [InlineData("10s", 6)]
    [InlineData("1m", 6)]
    [InlineData("60min", 2)]
    [InlineData("1h", 2)]
    [InlineData("1d", 1)]
    public async Task Every_OfALength_HasItsWindowsThatAddUp(string length, int windows)
    {
        JsonElement[] rows = await RowsAsync("--every", length);

        Assert.Equal(windows, rows.Length);
        Assert.Equal(4, rows.Sum(row => row.GetProperty("metrics").GetProperty("attempts").GetInt64()));
        Assert.Equal(3005, rows.Sum(row => row.GetProperty("metrics").GetProperty("watchSeconds").GetDouble()));
    }

    [Theory]
    [InlineData(2, "--where", "country=DE")]
    [InlineData(1, "--where", "country=DE", "--where", "cdn=east")]
    [InlineData(4, "--where", "country=DE", "--where", "country=FR")]
    [InlineData(1, "--where", "asn=")]
    [InlineData(2, "--where", "genre=crime")]
    [InlineData(0, "--where", "country=XX")]
    public async Task Where_OfValues_TakesTheViewsThatHaveThem(int attempts, params string[] where) =>
        Assert.Equal(attempts, Assert.Single(await RowsAsync(where)).GetProperty("metrics").GetProperty("attempts").GetInt64());

    [Fact]
    public async Task Order_ByAMetric_PutsTheGreatestFirstAndTopCutsTheRest()
    {
        JsonElement[] rows = await RowsAsync("--by", "country,cdn", "--order", "watchSeconds", "--top", "3");

        Assert.Equal([1200, 1200, 600], rows.Select(row => row.GetProperty("metrics").GetProperty("watchSeconds").GetDouble()));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("series")]
    [InlineData("plan")]
    [InlineData("country")]
    [InlineData("cdn,deviceKind,app")]
    public async Task By_OfDimensions_AddsUpToWhatMeasureSays(string by)
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Viewers = 150, MaximumEvents = 10_000 });
        string file = _files.Write("simulated.ndjson", [.. simulation.Lines()]);
        JsonElement measured = (await ToolRun.OfAsync("measure", "--json", file)).Json;
        JsonElement cube = (await ToolRun.OfAsync("cube", "--json", "--by", by, file)).Json;
        JsonElement windows = (await ToolRun.OfAsync("cube", "--json", "--by", by, "--every", "1m", file)).Json;

        Assert.Equal(measured.GetProperty("totals").ToString(), cube.GetProperty("totals").ToString());
        Assert.Equal(measured.GetProperty("window").ToString(), cube.GetProperty("window").ToString());
        Assert.True(measured.GetProperty("metrics").GetProperty("plays").GetInt64() > 50);
        Assert.True(windows.GetProperty("rows").GetArrayLength() > cube.GetProperty("rows").GetArrayLength());
        foreach (string name in _sums)
        {
            double expected = measured.GetProperty("metrics").GetProperty(name).GetDouble();
            Assert.Equal(expected, Sum(cube, name), 3);
            Assert.Equal(expected, Sum(windows, name), 3);
        }
    }

    [Fact]
    public async Task MaxValues_BelowTheirNumber_PutsTheRestIntoOtherAndSaysSo()
    {
        string file = _files.Write("a.ndjson", MadeViews.Lines);
        string[] command = ["cube", "--by", "country,cdn", "--max-values", "1", file];

        ToolRun page = await ToolRun.OfAsync(command);
        JsonElement report = (await ToolRun.OfAsync([.. command, "--json"])).Json;

        Assert.Equal(3, report.GetProperty("otherAttempts").GetInt64());
        Assert.Equal([true, false], report.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("isOther").GetBoolean()));
        Assert.Equal(4, Sum(report, "attempts"));
        Assert.Contains("too many values: 3 attempts are in 'other' (--max-values 1)", page.Output, StringComparison.Ordinal);
        Assert.Contains("(other)", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OfAQuestion_SaysWhatWasAsked()
    {
        ToolRun run = await ToolRun.OfAsync(
            "cube", "--json", "--by", "country", "--where", "app=tv/1", "--where", "asn=", "--every", "1m", _files.Write("a.ndjson", MadeViews.Lines));

        Assert.Equal(
            ["totals", "window", "by", "where", "otherAttempts", "every", "rows"],
            run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("1m", run.Json.GetProperty("every").GetString());
        Assert.Equal(
            ["app=tv/1", "asn="],
            run.Json.GetProperty("where").EnumerateArray()
                .Select(filter => filter.GetProperty("dimension").GetString() + "=" + filter.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Page_OfGroupsAndWindows_StandsInColumns()
    {
        ToolRun run = await ToolRun.OfAsync(
            "cube", "--by", "country,plan", "--every", "1h", "--metrics", "attempts,stallSeconds,startupP50Ms,bufferingRatio",
            _files.Write("a.ndjson", MadeViews.Lines));

        string[] lines = [.. run.Output.Split('\n').Select(line => line.TrimEnd()).Skip(2)];
        Assert.Equal("  country  plan       window            attempts   stall  start p50  buffering", lines[0]);
        Assert.Equal("  DE       (unknown)  2026-03-01 20:00         1  6.00 s     2.00 s     0.50 %", lines[1]);
        Assert.Equal("  DE       gold       2026-03-01 20:00         1     0 s     1.00 s     0.00 %", lines[2]);
    }

    [Fact]
    public async Task Page_OfManyGroups_SaysHowManyMoreThereAre()
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 25).Select(i =>
                $$"""{"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v{{i}}","title":"title {{i}}"}"""),
        ];
        string file = _files.Write("a.ndjson", lines);

        Assert.Contains("and 5 more; --top N or --json has them", (await ToolRun.OfAsync("cube", "--by", "title", file)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("more", (await ToolRun.OfAsync("cube", "--by", "title", "--top", "25", file)).Output, StringComparison.Ordinal);
        Assert.Equal(25, (await ToolRun.OfAsync("cube", "--json", "--by", "title", file)).Json.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Page_OfNoViews_SaysSo()
    {
        string file = _files.Write("a.ndjson", [.. MadeViews.Lines, "{}"]);

        ToolRun run = await ToolRun.OfAsync("cube", "--by", "cdn", "--where", "country=XX", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  no views", run.Output, StringComparison.Ordinal);
        Assert.Contains("  rejected: MissingField 1", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'viewer' is nothing for --by: it takes title, type", "--by", "viewer")]
    [InlineData("'segment' is nothing for --by", "--by", "country,segment")]
    [InlineData("--by has a name twice", "--by", "cdn,cdn")]
    [InlineData("--every is 10s, 1m, 1h or 1d", "--every", "5m")]
    [InlineData("write a dimension and a value", "--where", "country")]
    [InlineData("'weather' is no dimension for --where", "--where", "weather=fair")]
    [InlineData("'nonsense' is nothing for --metrics: it takes attempts", "--metrics", "plays,nonsense")]
    [InlineData("'nonsense'", "--order", "nonsense")]
    [InlineData("--top is 1 or more, not '0'", "--top", "0")]
    [InlineData("4 dimensions (title, type, cdn, app); a cube combines 3 at most", "--by", "title,type,cdn", "--where", "app=a")]
    [InlineData("take one genre with --where", "--where", "genre=drama", "--where", "genre=crime")]
    public async Task Cube_WithAWrongOption_SaysWhatIsRightOnOneLine(string expected, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["cube", .. options, _files.Write("a.ndjson", MadeViews.Lines)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("streamsense: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c is '\n'));
    }

    [Fact]
    public async Task Every_OfTooShortWindows_IsRefusedWithTheSpan()
    {
        string later = MadeViews.Lines[3].Replace("2026-03-01", "2026-09-01", StringComparison.Ordinal).Replace("v1", "v9", StringComparison.Ordinal);
        ToolRun run = await ToolRun.OfAsync("cube", "--every", "10s", _files.Write("a.ndjson", [.. MadeViews.Lines, later]));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the events span 185 days, too long for windows of 10s; take longer ones", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("country,deviceKind")]
    [InlineData("plan")]
    [InlineData("genre,cdn", "--every", "1h")]
    [InlineData("title", "--max-values", "3")]
    [InlineData("title", "--every", "1m", "--top", "5")]
    public async Task Parallel_OfManyViewers_IsTheReportOfOneThreadToTheLetter(string by, params string[] more)
    {
        string[] catalogue =
        [
            .. Enumerable.Range(0, 40).Select(i =>
                $$"""{"kind":"title","time":"2025-12-31T00:00:00Z","title":"title-{{i}}","genres":["g{{i % 3}}","g{{i % 4}}"],"type":"movie"}"""),
            .. Enumerable.Range(0, 30).Select(i =>
                $$"""{"kind":"subscription_started","time":"2025-12-31T00:00:00Z","household":"household-{{i}}","plan":"p{{i % 3}}","id":"s{{i}}"}"""),
        ];
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Viewers = 120, MaximumEvents = 8_000 });
        string file = _files.Write("many.ndjson", [.. catalogue, .. simulation.Lines()]);
        string[] command = ["cube", "--json", "--by", by, .. more, file];
        ToolRun one = await ToolRun.OfAsync(command);
        ToolRun all = await ToolRun.OfAsync([.. command, "--parallel"]);

        Assert.Equal((0, 0), (one.ExitCode, all.ExitCode));
        Assert.Equal(one.Output, all.Output);
        Assert.Equal(one.Error, all.Error);
    }

    private static (long Attempts, long Plays, double Watch, double Stall, long StartFailures) FiguresOf(JsonElement metrics) => (
        metrics.GetProperty("attempts").GetInt64(),
        metrics.GetProperty("plays").GetInt64(),
        metrics.GetProperty("watchSeconds").GetDouble(),
        metrics.GetProperty("stallSeconds").GetDouble(),
        metrics.GetProperty("startFailures").GetInt64());

    private static double Sum(JsonElement report, string name) =>
        report.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("metrics").GetProperty(name).GetDouble());

    private async Task<JsonElement[]> RowsAsync(params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["cube", "--json", .. options, _files.Write("a.ndjson", MadeViews.Lines)]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Json.GetProperty("rows").EnumerateArray()];
    }
}
