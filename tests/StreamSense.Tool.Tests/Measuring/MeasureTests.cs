using System.Text.Json;

namespace StreamSense.Tool.Tests.Measuring;

public sealed class MeasureTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Json_OfAView_HasEveryNameOfTheContract()
    {
        JsonElement report = (await MeasureAsync("--json", _files.Write("a.ndjson", Lines.OfOneView))).Json;
        string[] promised =
        [
            "attempts", "plays", "stillStarting", "exitsBeforeStart", "startFailures", "startDenials", "playbackFailures",
            "watchSeconds", "playSeconds", "stallSeconds", "adSeconds", "averageWatchSeconds", "bufferingRatio",
            "connectionRebufferingRatio", "rebufferFrequencyPerHour", "stalls", "startupMs", "contentStartupMs",
            "averageBitrateKbps", "bitrateSwitches", "peakConcurrentPlays", "bounceRate", "completionRate", "viewerCompletionRate",
            "trialConversionRate", "openTrials", "sentimentScore", "mentions",
        ];

        Assert.Equal(
            ["totals", "window", "metrics", "by", "engagement", "audience", "conversion", "delivery", "social", "subscriptions"],
            Names(report));
        Assert.Equal(["offered", "accepted", "duplicates", "late", "rejected"], Names(report.GetProperty("totals")));
        Assert.Equal(["from", "to"], Names(report.GetProperty("window")));
        Assert.Empty(promised.Except(Names(report.GetProperty("metrics")), StringComparer.Ordinal));
        Assert.Equal(["p50", "p95"], Names(report.GetProperty("metrics").GetProperty("startupMs")));
        Assert.Empty(report.GetProperty("totals").GetProperty("rejected").EnumerateObject());
        Assert.Equal(0, report.GetProperty("by").GetArrayLength());
    }

    [Fact]
    public async Task Json_OfAView_HasItsNumbers()
    {
        JsonElement report = (await MeasureAsync("--json", _files.Write("a.ndjson", Lines.OfOneView))).Json;
        JsonElement metrics = report.GetProperty("metrics");

        Assert.Equal(5, report.GetProperty("totals").GetProperty("accepted").GetInt64());
        Assert.Equal("2026-03-01T20:00:00Z", report.GetProperty("window").GetProperty("from").GetString());
        Assert.Equal("2026-03-01T20:30:00Z", report.GetProperty("window").GetProperty("to").GetString());
        Assert.Equal(1800, metrics.GetProperty("watchSeconds").GetDouble());
        Assert.Equal(1795.8, metrics.GetProperty("playSeconds").GetDouble());
        Assert.Equal(3, metrics.GetProperty("stallSeconds").GetDouble());
        Assert.Equal(1, metrics.GetProperty("stalls").GetInt64());
        Assert.InRange(metrics.GetProperty("startupMs").GetProperty("p50").GetDouble(), 1200 * 0.99, 1200 * 1.01);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--json", "--parallel")]
    public async Task Every_OfAView_HasSecondsWhereTheyPassAndTheRestWhereItBelongs(params string[] options)
    {
        string file = _files.Write("a.ndjson", Lines.OfOneView);
        JsonElement report = (await MeasureAsync([.. options, "--every", "10m", file])).Json;
        JsonElement[] windows = [.. report.GetProperty("windows").EnumerateArray()];

        double[] Of(string name) => [.. windows.Select(window => window.GetProperty("metrics").GetProperty(name).GetDouble())];
        Assert.Equal(
            ["2026-03-01T20:00:00Z", "2026-03-01T20:10:00Z", "2026-03-01T20:20:00Z", "2026-03-01T20:30:00Z"],
            windows.Select(window => window.GetProperty("from").GetString()));
        Assert.Equal([598.8, 597, 600, 0], Of("playSeconds"));
        Assert.Equal([600, 600, 600, 0], Of("watchSeconds"));
        Assert.Equal([0, 3, 0, 0], Of("stallSeconds"));
        Assert.Equal([0, 1, 0, 0], Of("stalls"));
        Assert.Equal([1, 0, 0, 0], Of("attempts"));
        Assert.Equal([1, 0, 0, 0], Of("plays"));
        Assert.Equal(0, windows[3].GetProperty("metrics").GetProperty("bounceRate").GetDouble());
    }

    [Fact]
    public async Task Every_OfAView_HasALineForEachWindow()
    {
        string output = (await MeasureAsync("--every", "10m", _files.Write("a.ndjson", Lines.OfOneView))).Output;

        Assert.Contains("2026-03-01 20:10", output, StringComparison.Ordinal);
        Assert.Contains("Windows", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5s", "no length of a window")]
    [InlineData("soon", "no length of a window")]
    public async Task Every_OfNoLength_SaysWhatToWrite(string length, string message)
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--every", length, _files.Write("a.ndjson", Lines.OfOneView));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_OfTooManyWindows_SaysSo()
    {
        string lastYear = Lines.OfOneView[0].Replace("2026", "2025", StringComparison.Ordinal);
        string[] lines = [.. Lines.OfOneView, lastYear.Replace("v1", "v3", StringComparison.Ordinal)];
        ToolRun run = await ToolRun.OfAsync("measure", "--every", "1s", _files.Write("a.ndjson", lines));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("take longer ones", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--json", "--parallel")]
    public async Task Json_OfTimesInWholeSeconds_TakesWhatIsOfOneSecondAsItStands(params string[] options)
    {
        // No seq, no id: by hashes of their content, under a key that is new in every run, such a view came out one way or another.
        string file = _files.Write(
            "seconds.ndjson",
            """{"kind":"playback_request","view":"v","title":"t","time":"2026-03-01T20:00:00Z"}""",
            """{"kind":"playback_start","view":"v","time":"2026-03-01T20:00:00Z"}""",
            """{"kind":"pause","view":"v","time":"2026-03-01T20:00:10Z"}""",
            """{"kind":"resume","view":"v","time":"2026-03-01T20:00:10Z"}""",
            """{"kind":"buffer_start","view":"v","time":"2026-03-01T20:00:20Z"}""",
            """{"kind":"buffer_end","view":"v","time":"2026-03-01T20:00:20Z"}""",
            """{"kind":"seek_start","view":"v","time":"2026-03-01T20:00:30Z"}""",
            """{"kind":"seek_end","view":"v","time":"2026-03-01T20:00:30Z"}""",
            """{"kind":"playback_end","view":"v","reason":"quit","time":"2026-03-01T20:01:00Z"}""");
        for (int run = 0; run < 4; run++)
        {
            JsonElement metrics = (await MeasureAsync([.. options, file])).Json.GetProperty("metrics");

            Assert.Equal(60, metrics.GetProperty("playSeconds").GetDouble());
            Assert.Equal(60, metrics.GetProperty("watchSeconds").GetDouble());
            Assert.Equal(0, metrics.GetProperty("startupMs").GetProperty("p50").GetDouble());
        }
    }

    [Fact]
    public async Task Json_OfNothing_HasZerosAndNulls()
    {
        JsonElement report = (await MeasureAsync("--json", _files.Write("empty.ndjson", "", "  "))).Json;
        JsonElement metrics = report.GetProperty("metrics");

        Assert.Equal(0, report.GetProperty("totals").GetProperty("offered").GetInt64());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("window").GetProperty("from").ValueKind);
        Assert.Equal(0, metrics.GetProperty("watchSeconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, metrics.GetProperty("bufferingRatio").ValueKind);
        Assert.Equal(JsonValueKind.Null, metrics.GetProperty("startupMs").GetProperty("p95").ValueKind);
    }

    [Fact]
    public async Task Files_InAnyOrder_AreOneSet()
    {
        string[] all = [.. Lines.OfOneView, .. Lines.OfAnotherView];
        string whole = (await MeasureAsync("--json", "--by", "title", _files.Write("all.ndjson", all))).Output;

        // Each view is cut in the middle, its end in the file that is named first.
        string first = _files.Write("first.ndjson", [.. Lines.OfOneView[3..], .. Lines.OfAnotherView[1..]]);
        string second = _files.Write("second.ndjson", [.. Lines.OfAnotherView[..1], .. Lines.OfOneView[..3]]);

        Assert.Equal(whole, (await MeasureAsync("--json", "--by", "title", first, second)).Output);
        Assert.Equal(whole, (await MeasureAsync("--json", "--by", "title", second, first)).Output);
    }

    [Fact]
    public async Task Records_GivenTwice_CountOnce()
    {
        string file = _files.Write("a.ndjson", Lines.OfOneView);

        JsonElement report = (await MeasureAsync("--json", file, file)).Json;

        Assert.Equal(10, report.GetProperty("totals").GetProperty("offered").GetInt64());
        Assert.Equal(5, report.GetProperty("totals").GetProperty("duplicates").GetInt64());
        Assert.Equal(1800, report.GetProperty("metrics").GetProperty("watchSeconds").GetDouble());
    }

    [Fact]
    public async Task StandardInput_BesideAFile_IsRead()
    {
        ToolRun run = await ToolRun.WithInputAsync(
            string.Join('\n', Lines.OfAnotherView), "measure", "--json", _files.Write("a.ndjson", Lines.OfOneView), "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("metrics").GetProperty("plays").GetInt64());
    }

    [Theory]
    [InlineData("title", "film-42", "film-7")]
    [InlineData("cdn", "east", "west")]
    [InlineData("country", null, "DE")]
    [InlineData("deviceKind", null, "tv")]
    public async Task By_OfADimension_HasEachValue(string dimension, string? first, string second)
    {
        string file = _files.Write("a.ndjson", [.. Lines.OfOneView, .. Lines.OfAnotherView]);

        JsonElement by = (await MeasureAsync("--json", "--by", dimension, file)).Json.GetProperty("by");

        Assert.Equal([first, second], by.EnumerateArray().Select(group => group.GetProperty("key").GetString()));
        Assert.All(by.EnumerateArray(), group => Assert.Equal(1, group.GetProperty("metrics").GetProperty("plays").GetInt64()));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("1h", 0)]
    [InlineData("30s", 1)]
    public async Task Lateness_OfALineOutOfOrder_CountsIt(string? lateness, long expectedLate)
    {
        string file = _files.Write("a.ndjson", [.. Lines.OfOneView[..1], .. Lines.OfOneView[2..], Lines.OfOneView[1]]);
        string[] option = lateness is null ? [] : ["--lateness", lateness];

        JsonElement totals = (await MeasureAsync(["--json", .. option, file])).Json.GetProperty("totals");

        Assert.Equal(expectedLate, totals.GetProperty("late").GetInt64());
        Assert.Equal(5 - expectedLate, totals.GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task Records_ThatAreRefused_AreReportedAndNoError()
    {
        string file = _files.Write(
            "a.ndjson",
            [
                .. Lines.OfOneView, "{}", """{"kind":"playback_sta""", """{"kind":"dance","time":0}""",
                """{"kind":"pause","time":"2026-03-01T20:20:00Z","view":"v1","consent":["sharing"]}""",
            ]);

        JsonElement totals = (await MeasureAsync("--json", file)).Json.GetProperty("totals");
        string page = (await MeasureAsync(file)).Output.ReplaceLineEndings("");

        Assert.Equal(9, totals.GetProperty("offered").GetInt64());
        Assert.Equal(5, totals.GetProperty("accepted").GetInt64());
        Assert.Equal(4, totals.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64()));
        Assert.Equal(1, totals.GetProperty("rejected").GetProperty("NoConsent").GetInt64());
        Assert.Equal(1, totals.GetProperty("rejected").GetProperty("Malformed").GetInt64());
        Assert.Contains("line 7", page, StringComparison.Ordinal);
    }

    private static async Task<ToolRun> MeasureAsync(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(["measure", .. args]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }

    private static string[] Names(JsonElement of) => [.. of.EnumerateObject().Select(property => property.Name)];
}
