using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>A comparison as a page: the input, then two rows a metric, its values and the views behind them.</summary>
/// <param name="report">The report.</param>
/// <param name="root">Its JSON object.</param>
internal sealed class ComparisonPage(MeasureReport report, JsonElement root)
{
    private const string Quiet = "dim";
    private const int WidestHead = 12;
    private const int FewViews = 100;

    private readonly JsonElement[] _comparisons = [.. root.GetProperty("comparisons").EnumerateArray()];

    /// <summary>The parts of the page, from top to bottom.</summary>
    public IEnumerable<IRenderable> Parts()
    {
        var input = new InputLines(report, root);
        yield return input.Window();
        foreach (IRenderable part in input.Notes("rejected: "))
        {
            yield return part;
        }

        if (root.TryGetProperty("with", out JsonElement second))
        {
            // The complaints are of both sets, and have been said.
            var with = new InputLines(report with { Inputs = report.With, Complaints = [] }, second);
            yield return with.Window();
            foreach (IRenderable part in with.Notes("rejected: "))
            {
                yield return part;
            }
        }

        yield return new Text("\n");
        string[] names = [.. root.GetProperty("between").EnumerateArray().Select(name => Printable.Of(name.GetString()!))];
        names = [.. names.Select(name => name.Length > 0 ? name : "(unknown)")];
        if (names.Any(name => name.Length > WidestHead))
        {
            yield return new Text($"  first:  {names[0]}\n  second: {names[1]}\n\n", Style.Parse(Quiet));
            names = ["first", "second"];
        }

        yield return Comparisons(names);
        if (_comparisons.Any(IsDifferent))
        {
            yield return Note("* the interval excludes zero: they differ, or it is one of the few that do so by chance");
        }

        if (_comparisons.Any(IsRough))
        {
            yield return Note($"~ of fewer than {FewViews} views on a side: the interval is rough");
        }
    }

    private Table Comparisons(string[] names)
    {
        double confidence = root.GetProperty("confidence").GetDouble();
        Table table = new Table().NoBorder();
        AddColumn(table, "", Justify.Left);
        AddColumn(table, names[0], Justify.Right);
        AddColumn(table, names[1], Justify.Right);
        AddColumn(table, "difference", Justify.Right);
        AddColumn(table, string.Create(CultureInfo.InvariantCulture, $"{confidence * 100:0.##} % interval"), Justify.Left);
        foreach (JsonElement comparison in _comparisons)
        {
            string name = comparison.GetProperty("name").GetString()!;
            JsonElement left = comparison.GetProperty("left");
            JsonElement right = comparison.GetProperty("right");
            JsonElement difference = comparison.GetProperty("difference");
            table.AddRow(
                new Text("  " + name),
                new Text(ValueOf(name, left)),
                new Text(ValueOf(name, right)),
                new Text(DifferenceUnit.Of(name).Write(Figures.Value(difference, "value"))),
                new Text(IntervalOf(name, difference) + (IsRough(comparison) ? " ~" : "") + (IsDifferent(comparison) ? " *" : "")));
            table.AddRow(
                new Text($"    {comparison.GetProperty("method").GetString()}, views", Style.Parse(Quiet)),
                new Text(Figures.Count(Figures.Value(left, "views")), Style.Parse(Quiet)),
                new Text(Figures.Count(Figures.Value(right, "views")), Style.Parse(Quiet)),
                new Text(""),
                new Text(""));
        }

        return table;
    }

    private static void AddColumn(Table table, string head, Justify alignment) =>
        table.AddColumn(new TableColumn(new Text(head, Style.Parse(Quiet)))
        {
            Padding = new Padding(0, 0, 2, 0),
            Alignment = alignment,
            NoWrap = true,
        });

    // The unit stands last in a name.
    private static string ValueOf(string name, JsonElement estimate)
    {
        double? value = Figures.Value(estimate, "value");
        return name.EndsWith("Ms", StringComparison.Ordinal) ? Figures.Milliseconds(value)
            : name.EndsWith("Seconds", StringComparison.Ordinal) ? Figures.Seconds(value)
            : Figures.Percent(value);
    }

    private static string IntervalOf(string name, JsonElement difference)
    {
        var unit = DifferenceUnit.Of(name);
        return (Figures.Value(difference, "lower"), Figures.Value(difference, "upper")) switch
        {
            _ when Figures.Value(difference, "value") is null => "no views on a side",
            (null, null) => "none: too few views",
            (null, var upper) => $"up to {unit.Write(upper)}",
            (var lower, null) => $"from {unit.Write(lower)}",
            (var lower, var upper) => $"{unit.Number(lower.Value)} to {unit.Write(upper)}",
        };
    }

    private static bool IsDifferent(JsonElement comparison) => comparison.GetProperty("isDifferent").GetBoolean();

    // Proportions and quantiles have intervals that hold for few views, too.
    private static bool IsRough(JsonElement comparison) =>
        comparison.GetProperty("method").GetString() is "mean" or "ratio"
        && Figures.Value(comparison.GetProperty("difference"), "lower") is not null
        && Math.Min(Views(comparison, "left"), Views(comparison, "right")) < FewViews;

    private static double Views(JsonElement comparison, string side) => Figures.Value(comparison.GetProperty(side), "views") ?? 0;

    private static Text Note(string text) => new($"  {text}\n", Style.Parse(Quiet));

    /// <summary>How differences of a metric are written: of shares in percentage points.</summary>
    private sealed record DifferenceUnit(string Name, double Factor, string Format)
    {
        private static readonly DifferenceUnit _points = new("pp", 100, "+0.00;-0.00;0.00");
        private static readonly DifferenceUnit _seconds = new("s", 1, "+#,##0.00;-#,##0.00;0.00");
        private static readonly DifferenceUnit _milliseconds = new("ms", 1, "+#,##0;-#,##0;0");

        public static DifferenceUnit Of(string metric) =>
            metric.EndsWith("Ms", StringComparison.Ordinal) ? _milliseconds
            : metric.EndsWith("Seconds", StringComparison.Ordinal) ? _seconds
            : _points;

        public string Number(double value) => (value * Factor).ToString(Format, CultureInfo.InvariantCulture);

        public string Write(double? value) => value is { } known ? $"{Number(known)} {Name}" : "–";
    }
}
