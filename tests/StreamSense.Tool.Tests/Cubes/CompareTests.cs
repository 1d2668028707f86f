using System.Text.Json;

namespace StreamSense.Tool.Tests.Cubes;

public sealed class CompareTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Groups_OfADimension_HaveValuesViewsAndIntervals()
    {
        JsonElement report = (await CompareAsync("--json", "--by", "country", "--between", "DE", "FR")).Json;

        Assert.Equal(
            ["totals", "window", "by", "where", "otherAttempts", "between", "confidence", "comparisons"],
            report.EnumerateObject().Select(member => member.Name));
        JsonElement stalled = Of(report, "stalledViewsShare");
        Assert.Equal("proportion", stalled.GetProperty("method").GetString());
        Assert.Equal((0.5, 2), (Number(stalled, "left", "value"), Number(stalled, "left", "views")));
        Assert.Equal((0, 1), (Number(stalled, "right", "value"), Number(stalled, "right", "views")));

        // One of two and none of one: Wilson's intervals are 0.0945 to 0.9055 and 0 to 0.7935.
        Assert.Equal(0.09453, Number(stalled, "left", "lower")!.Value, 5);
        Assert.Equal(0.79345, Number(stalled, "right", "upper")!.Value, 5);
        Assert.Equal(-0.5, Number(stalled, "difference", "value"));
        Assert.Equal(-0.90547, Number(stalled, "difference", "lower")!.Value, 5);
        Assert.Equal(0.39105, Number(stalled, "difference", "upper")!.Value, 5);
        Assert.False(stalled.GetProperty("isDifferent").GetBoolean());

        // Also attempts without a play can fail.
        Assert.Equal((0.5, 2), (Number(Of(report, "startFailureShare"), "right", "value"), Number(Of(report, "startFailureShare"), "right", "views")));
    }

    [Fact]
    public async Task Groups_OfOneView_HaveADifferenceAndNoInterval()
    {
        JsonElement watch = Of((await CompareAsync("--json", "--by", "country", "--between", "DE", "FR")).Json, "averageWatchSeconds");

        Assert.Equal("mean", watch.GetProperty("method").GetString());
        Assert.Equal((900, 1200, 300), (Number(watch, "left", "value"), Number(watch, "right", "value"), Number(watch, "difference", "value")));
        Assert.Null(Number(watch, "difference", "lower"));
        Assert.Null(Number(watch, "right", "upper"));
        Assert.NotNull(Number(watch, "left", "upper"));
    }

    [Fact]
    public async Task Page_OfFewViews_SaysThatPlainly()
    {
        ToolRun run = await CompareAsync("--by", "country", "--between", "DE", "FR");

        string[] lines = [.. run.Output.Split('\n').Select(line => line.TrimEnd()).Skip(2)];
        Assert.Equal("                                 DE           FR  difference  95 % interval", lines[0]);
        Assert.Equal("  stalledViewsShare          50.0 %       0.00 %   -50.00 pp  -90.55 to +39.10 pp", lines[5]);
        Assert.Equal("    proportion, views             2            1", lines[6]);
        Assert.Equal("  averageWatchSeconds   15 min 00 s  20 min 00 s   +300.00 s  none: too few views", lines[11]);
        Assert.Equal("    mean, views                   2            1", lines[12]);
        Assert.Contains("no views on a side", lines.Single(line => line.StartsWith("  completionRate", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_OfTime_TakeTheViewsThatEndedInThem()
    {
        string[] spans = ["2026-03-01T20:00..2026-03-01T21:00", "2026-03-01T22:00+01:00..2026-03-02"];
        JsonElement report = (await CompareAsync(["--json", "--between", .. spans])).Json;
        ToolRun page = await CompareAsync(["--between", .. spans]);

        JsonElement watch = Of(report, "averageWatchSeconds");
        Assert.Equal((2, 1), (Number(watch, "left", "views"), Number(watch, "right", "views")));
        Assert.Equal((900, 1200), (Number(watch, "left", "value"), Number(watch, "right", "value")));
        Assert.Contains("  second: 2026-03-01T22:00+01:00..2026-03-02", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_WithoutViews_HaveNoValuesAndNoIntervals()
    {
        JsonElement report = (await CompareAsync("--json", "--between", "2026-02-01..2026-02-02", "2026-03-01..2026-03-02")).Json;

        Assert.All(report.GetProperty("comparisons").EnumerateArray(), comparison =>
        {
            Assert.Equal(0, Number(comparison, "left", "views"));
            Assert.Null(Number(comparison, "left", "value"));
            Assert.Null(Number(comparison, "difference", "value"));
            Assert.False(comparison.GetProperty("isDifferent").GetBoolean());
        });
    }

    [Fact]
    public async Task Groups_ThatDiffer_AreMarkedAndConfidenceWidensTheirInterval()
    {
        // A hundred views on each side; of those in the west every second one stalls.
        string[] lines =
        [
            .. Enumerable.Range(0, 200).SelectMany(i => new[]
            {
                $$"""{"kind":"playback_request","time":{{Ms(i, 0)}},"view":"v{{i}}","title":"t","cdn":"{{(i % 2 == 0 ? "east" : "west")}}"}""",
                $$"""{"kind":"playback_start","time":{{Ms(i, 1 + (i % 5))}},"view":"v{{i}}"}""",
                $$"""{"kind":"buffer_start","time":{{Ms(i, 20)}},"view":"v{{i}}"}""",
                $$"""{"kind":"buffer_end","time":{{Ms(i, i % 4 == 1 ? 24 : 20)}},"view":"v{{i}}"}""",
                $$"""{"kind":"playback_end","time":{{Ms(i, 60 + i)}},"view":"v{{i}}","reason":"quit"}""",
            }),
        ];
        string file = _files.Write("many.ndjson", lines);
        string[] command = ["compare", "--by", "cdn", "--between", "east", "west", file];
        JsonElement usual = Of((await ToolRun.OfAsync([.. command, "--json"])).Json, "stalledViewsShare");
        JsonElement surer = Of((await ToolRun.OfAsync([.. command, "--json", "--confidence", "0.99"])).Json, "stalledViewsShare");
        string page = (await ToolRun.OfAsync(command)).Output;

        Assert.Equal((0.5, 100), (Number(usual, "difference", "value"), Number(usual, "right", "views")));
        Assert.True(usual.GetProperty("isDifferent").GetBoolean());
        Assert.True(Number(surer, "difference", "lower") < Number(usual, "difference", "lower"));
        Assert.Contains(" pp *", page.Split('\n').Single(line => line.StartsWith("  stalledViewsShare", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("* the interval excludes zero", page, StringComparison.Ordinal);
        Assert.DoesNotContain("~ of fewer", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no view has country 'IT'; there are 'DE', 'FR'", "--by", "country", "--between", "DE", "IT")]
    [InlineData("there are no such views at all", "--by", "country", "--between", "DE", "FR", "--where", "cdn=north")]
    [InlineData("--between has 'DE' twice", "--by", "country", "--between", "DE", "DE")]
    [InlineData("a view counts once in each of its genres", "--by", "genre", "--between", "drama", "crime")]
    [InlineData("'DE' is no span of time: write 2026-03-01..2026-03-02", "--between", "DE", "FR")]
    [InlineData("ends before it has begun", "--between", "2026-03-02..2026-03-01", "2026-03-03..2026-03-04")]
    [InlineData("overlap", "--between", "2026-03-01..2026-03-03", "2026-03-02..2026-03-04")]
    [InlineData("whole ten seconds", "--between", "2026-03-01T00:00:05..2026-03-02", "2026-03-03..2026-03-04")]
    [InlineData("'--between' is required", "--by", "country")]
    [InlineData("0.5 to 0.9999", "--by", "country", "--between", "DE", "FR", "--confidence", "1")]
    public async Task Compare_OfWhatCannotBe_SaysWhyOnOneLine(string expected, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["compare", _files.Write("a.ndjson", MadeViews.Lines), .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("streamsense: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c is '\n'));
    }

    [Fact]
    public async Task Between_WithOneValueAndAFile_SaysWhereTheFileWent()
    {
        string file = _files.Write("a.ndjson", MadeViews.Lines);

        ToolRun run = await ToolRun.OfAsync("compare", "--by", "country", "--between", "DE", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--between took 'DE' and '{file}'; no FILE is left", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_OfTheUnknown_IsAnEmptyText()
    {
        JsonElement report = (await CompareAsync("--json", "--by", "asn", "--between", "", "64500")).Json;

        Assert.Equal(1, Number(Of(report, "startFailureShare"), "left", "value"));
        Assert.Contains("(unknown)", (await CompareAsync("--by", "asn", "--between", "", "64500")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_ASecondSetOfFiles_ComparesEachMeasuredByItself()
    {
        string[] later = [.. MadeViews.Lines.Select(line => line.Replace("2026-03-01", "2026-03-08", StringComparison.Ordinal))];
        string before = _files.Write("before.ndjson", MadeViews.Lines[..6]);
        string after = _files.Write("after-1.ndjson", later[..13]);
        string more = _files.Write("after-2.ndjson", later[13..]);
        JsonElement report = (await ToolRun.OfAsync("compare", "--json", before, "--with", after, more)).Json;

        JsonElement watch = Of(report, "averageWatchSeconds");
        Assert.Equal((1, 3), (Number(watch, "left", "views"), Number(watch, "right", "views")));
        Assert.Equal((600, 1000), (Number(watch, "left", "value"), Number(watch, "right", "value")));
        Assert.Equal(6, report.GetProperty("totals").GetProperty("accepted").GetInt32());
        Assert.Equal(later.Length, report.GetProperty("with").GetProperty("totals").GetProperty("accepted").GetInt32());
        Assert.Equal([before, "2 inputs"], report.GetProperty("between").EnumerateArray().Select(name => name.GetString()));

        string[] page = (await ToolRun.OfAsync("compare", before, "--with", after, more)).Output.Split('\n');
        Assert.StartsWith($"{before}: 2026-03-01", page[0], StringComparison.Ordinal);
        Assert.StartsWith("2 inputs: 2026-03-08", page[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is in both sets", "--with", "FILE")]
    [InlineData("'--by' and '--between' are for one", "--by", "country", "--with", "other.ndjson")]
    [InlineData("'--by' and '--between' are for one", "--between", "a", "b", "--with", "other.ndjson")]
    [InlineData("there is no option '--jsn'", "--with", "other.ndjson", "--jsn")]
    [InlineData("there is no such file", "--with", "other.ndjson")]
    public async Task With_WhatCannotBe_SaysWhyOnOneLine(string expected, params string[] options)
    {
        string file = _files.Write("a.ndjson", MadeViews.Lines);
        ToolRun run = await ToolRun.OfAsync(["compare", file, .. options.Select(option => option is "FILE" ? file : option)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c is '\n'));
    }

    private static long Ms(int view, int seconds) => 1_772_395_200_000 + (view * 60_000L) + (seconds * 1_000L);

    private static JsonElement Of(JsonElement report, string name) =>
        report.GetProperty("comparisons").EnumerateArray().Single(comparison => comparison.GetProperty("name").GetString() == name);

    private static double? Number(JsonElement comparison, string side, string name) =>
        comparison.GetProperty(side).GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private async Task<ToolRun> CompareAsync(params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["compare", _files.Write("a.ndjson", MadeViews.Lines), .. options]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
