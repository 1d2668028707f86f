using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>The report as a page of 80 columns: totals, audience, quality, startup, engagement, and a table of what it is cut by.</summary>
/// <param name="report">The report.</param>
/// <param name="root">Its JSON object.</param>
/// <param name="width">How many columns there are.</param>
internal sealed class ReportPage(MeasureReport report, JsonElement root, int width)
{
    private const string Heading = "bold";
    private const string Quiet = "dim";
    private const string Warning = "yellow";
    private const int LabelColumns = 20;
    private const int ValueColumns = 17;

    private readonly InputLines _input = new(report, root);
    private readonly JsonElement _totals = root.GetProperty("totals");
    private readonly JsonElement _metrics = root.GetProperty("metrics");

    /// <summary>The parts of the page, from top to bottom.</summary>
    public IEnumerable<IRenderable> Parts()
    {
        yield return _input.Window();
        yield return Section("Totals");
        yield return Totals();
        foreach (IRenderable part in _input.Notes())
        {
            yield return part;
        }

        yield return Section("Audience");
        yield return Audience();
        yield return Section("Quality");
        yield return Quality();
        yield return Section("Startup");
        yield return Startup();
        yield return Section("Engagement");
        yield return Engagement();
        if (root.TryGetProperty("samples", out JsonElement samples))
        {
            yield return Section("Samples");
            foreach (IRenderable part in SampleList.Parts(samples))
            {
                yield return part;
            }
        }

        if (root.TryGetProperty("windows", out JsonElement windows))
        {
            yield return Section("Windows");
            foreach (IRenderable part in WindowList.Parts(windows, width))
            {
                yield return part;
            }
        }

        if (report.By is { } by)
        {
            yield return Section("By " + by);
            foreach (IRenderable part in By())
            {
                yield return part;
            }
        }
    }

    private Table Totals()
    {
        long rejected = _input.Rejected;
        return Grid(
            ("offered", Count(_totals, "offered"), ""),
            ("accepted", Count(_totals, "accepted"), ""),
            ("duplicates", Count(_totals, "duplicates"), ""),
            ("late", Count(_totals, "late"), WarnAbove0(_totals, "late")),
            ("rejected", Figures.Count(rejected), rejected > 0 ? Warning : ""));
    }

    private Table Audience() => Grid(
        ("attempts", Count(_metrics, "attempts"), ""),
        ("plays", Count(_metrics, "plays"), ""),
        ("start failures", Count(_metrics, "startFailures"), WarnAbove0(_metrics, "startFailures")),
        ("start denials", Count(_metrics, "startDenials"), ""),
        ("exits before start", Count(_metrics, "exitsBeforeStart"), ""),
        ("exits in preroll", Count(_metrics, "exitsInPreroll"), ""),
        ("still starting", Count(_metrics, "stillStarting"), ""),
        ("peak concurrent", Count(_metrics, "peakConcurrentPlays"), ""),
        ("watch time", Seconds(_metrics, "watchSeconds"), ""),
        ("average watch", Seconds(_metrics, "averageWatchSeconds"), ""),
        ("play time", Seconds(_metrics, "playSeconds"), ""),
        ("in background", Seconds(_metrics, "backgroundPlaySeconds"), ""),
        ("ad time", Seconds(_metrics, "adSeconds"), ""),
        ("playback failures", Count(_metrics, "playbackFailures"), WarnAbove0(_metrics, "playbackFailures")));

    private Table Quality() => Grid(
        ("stalls", Count(_metrics, "stalls"), ""),
        ("stall time", Seconds(_metrics, "stallSeconds"), ""),
        ("buffering ratio", Percent(_metrics, "bufferingRatio"), ""),
        ("rebuffering ratio", Percent(_metrics, "connectionRebufferingRatio"), ""),
        ("stalls an hour", Number(_metrics, "rebufferFrequencyPerHour"), ""),
        ("plays with a stall", Percent(_metrics, "stalledViewsShare"), ""),
        ("average bitrate", Kbps(_metrics, "averageBitrateKbps"), ""),
        ("bitrate switches", Count(_metrics, "bitrateSwitches"), ""));

    private Table Startup() => Grid(
        ("first frame p50", Milliseconds("startupMs", "p50"), ""),
        ("first frame p95", Milliseconds("startupMs", "p95"), ""),
        ("content p50", Milliseconds("contentStartupMs", "p50"), ""),
        ("content p95", Milliseconds("contentStartupMs", "p95"), ""));

    private Table Engagement() => Grid(
        ("bounce rate", Percent(_metrics, "bounceRate"), ""),
        ("completion rate", Percent(_metrics, "completionRate"), ""),
        ("completing viewers", Percent(_metrics, "viewerCompletionRate"), ""),
        ("trial conversion", Percent(_metrics, "trialConversionRate"), ""),
        ("open trials", Count(_metrics, "openTrials"), ""),
        ("mentions", Count(_metrics, "mentions"), ""),
        ("sentiment score", Number(_metrics, "sentimentScore"), ""));

    private IEnumerable<IRenderable> By()
    {
        JsonElement groups = root.GetProperty("by");
        yield return GroupTable.Of(
            [("", true)],
            [.. groups.EnumerateArray().Take(GroupTable.MostGroups).Select(GroupTableRow.Of)],
            MetricColumn.Usual,
            width);
        if (groups.GetArrayLength() - GroupTable.MostGroups is > 0 and int more)
        {
            yield return GroupTable.More(more, "--json has them all");
        }
    }

    private string Milliseconds(string metric, string quantile) =>
        Figures.Milliseconds(Figures.Value(_metrics.GetProperty(metric), quantile));

    private static string Count(JsonElement of, string name) => Figures.Count(Figures.Value(of, name));

    private static string Seconds(JsonElement of, string name) => Figures.Seconds(Figures.Value(of, name));

    private static string Percent(JsonElement of, string name) => Figures.Percent(Figures.Value(of, name));

    private static string Number(JsonElement of, string name) => Figures.Number(Figures.Value(of, name));

    private static string Kbps(JsonElement of, string name) => Figures.Kbps(Figures.Value(of, name));

    private static string WarnAbove0(JsonElement of, string name) => Figures.Value(of, name) > 0 ? Warning : "";

    private static Text Section(string title) => new($"\n{title}\n", Style.Parse(Heading));

    // Two figures a row: label, value, label, value.
    private static Table Grid(params (string Label, string Value, string Style)[] figures)
    {
        Table table = new Table().NoBorder().HideHeaders();
        foreach (int _ in (ReadOnlySpan<int>)[0, 1])
        {
            table.AddColumn(new TableColumn("") { Width = LabelColumns, NoWrap = true, Padding = new Padding(0) });
            table.AddColumn(new TableColumn("")
            {
                Width = ValueColumns,
                NoWrap = true,
                Padding = new Padding(0, 0, 2, 0),
                Alignment = Justify.Right,
            });
        }

        foreach ((string Label, string Value, string Style)[] pair in figures.Chunk(2))
        {
            table.AddRow(pair.SelectMany(figure => new IRenderable[]
            {
                new Text("  " + figure.Label, Style.Parse(Quiet)),
                new Text(figure.Value, figure.Style.Length is 0 ? Style.Plain : Style.Parse(figure.Style)),
            }));
        }

        return table;
    }
}
