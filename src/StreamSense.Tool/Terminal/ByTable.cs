using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>The table of what a report is cut by: a row a value, the most attempted first.</summary>
internal static class ByTable
{
    private const int MostRows = 20;
    private const int Gap = 2;
    private const int WidestKey = 40;
    private const string Unknown = "(unknown)";

    private static readonly (string Title, int Columns, Func<JsonElement, string> Text)[] _columns =
    [
        ("plays", 8, of => Figures.Count(Figures.Value(of, "plays"))),
        ("watch", 12, of => Figures.Seconds(Figures.Value(of, "watchSeconds"))),
        ("buffering", 9, of => Figures.Percent(Figures.Value(of, "bufferingRatio"))),
        ("stalls", 7, of => Figures.Count(Figures.Value(of, "stalls"))),
        ("start p50", 9, of => Figures.Milliseconds(Figures.Value(of.GetProperty("startupMs"), "p50"))),
        ("kbps", 6, of => Figures.Count(Figures.Value(of, "averageBitrateKbps"))),
    ];

    // A table without borders has its padding on the right alone.
    private static Padding RightOf => new(0, 0, Gap, 0);

    /// <summary>The table and, if it is not all there is, a line that says so.</summary>
    /// <param name="by">The <c>by</c> array of a report.</param>
    /// <param name="width">How many columns there are.</param>
    public static IEnumerable<IRenderable> Parts(JsonElement by, int width)
    {
        int keyColumns = Math.Min(WidestKey, width - (2 * Gap) - _columns.Sum(column => column.Columns + Gap));
        Table table = new Table().NoBorder();
        table.AddColumn(new TableColumn("") { Width = keyColumns + Gap, Padding = RightOf, NoWrap = true });
        foreach ((string title, int columns, _) in _columns)
        {
            table.AddColumn(new TableColumn(new Text(title, Style.Parse("dim")))
            {
                Width = columns,
                Padding = RightOf,
                Alignment = Justify.Right,
                NoWrap = true,
            });
        }

        foreach (JsonElement group in by.EnumerateArray().Take(MostRows))
        {
            JsonElement metrics = group.GetProperty("metrics");
            string key = group.GetProperty("key").GetString() ?? Unknown;
            table.AddRow(
            [
                new Text(new string(' ', Gap) + Printable.Of(key, keyColumns)),
                .. _columns.Select(column => new Text(column.Text(metrics))),
            ]);
        }

        yield return table;
        int more = by.GetArrayLength() - MostRows;
        if (more > 0)
        {
            yield return new Text($"  and {Figures.Count(more)} more; --json has them all\n", Style.Parse("dim"));
        }
    }
}
