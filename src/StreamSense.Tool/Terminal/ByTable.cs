using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>The table of what a report is cut by: a row a value, the most attempted first.</summary>
internal static class ByTable
{
    private const int MostRows = 20;
    private const string Unknown = "(unknown)";

    private static readonly (string Title, Func<JsonElement, string> Text)[] _columns =
    [
        ("plays", of => Figures.Count(Figures.Value(of, "plays"))),
        ("watch", of => Figures.Seconds(Figures.Value(of, "watchSeconds"))),
        ("buffering", of => Figures.Percent(Figures.Value(of, "bufferingRatio"))),
        ("stalls", of => Figures.Count(Figures.Value(of, "stalls"))),
        ("start p50", of => Figures.Milliseconds(Figures.Value(of.GetProperty("startupMs"), "p50"))),
        ("kbps", of => Figures.Count(Figures.Value(of, "averageBitrateKbps"))),
    ];

    /// <summary>The table and, if it is not all there is, a line that says so.</summary>
    public static IEnumerable<IRenderable> Parts(JsonElement by)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderStyle(Style.Parse("grey"));
        table.AddColumn(new TableColumn(""));
        foreach ((string title, _) in _columns)
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (JsonElement group in by.EnumerateArray().Take(MostRows))
        {
            JsonElement metrics = group.GetProperty("metrics");
            string key = group.GetProperty("key").GetString() ?? Unknown;
            table.AddRow([new Text(key).Ellipsis(), .. _columns.Select(column => new Text(column.Text(metrics)))]);
        }

        yield return table;
        int more = by.GetArrayLength() - MostRows;
        if (more > 0)
        {
            yield return new Text($"  and {Figures.Count(more)} more; --json has them all\n", Style.Parse("grey"));
        }
    }
}
