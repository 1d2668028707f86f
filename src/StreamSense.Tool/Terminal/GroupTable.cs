using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>A table of groups: what they are on the left, their metrics on the right.</summary>
internal static class GroupTable
{
    /// <summary>How many groups are shown, unless more are asked for.</summary>
    public const int MostGroups = 20;

    private const int Gap = 2;
    private const int WidestKey = 40;
    private const int NarrowestKey = 8;

    // A table without borders has its padding on the right alone.
    private static Padding RightOf => new(0, 0, Gap, 0);

    /// <summary>The table.</summary>
    /// <param name="heads">The heads of the columns of keys, and whether what is in one may be cut.</param>
    /// <param name="rows">The rows, from top to bottom.</param>
    /// <param name="columns">The metrics.</param>
    /// <param name="width">How many columns of text there are; keys are cut for it.</param>
    public static Table Of(
        IReadOnlyList<(string Text, bool MayBeCut)> heads,
        IReadOnlyList<GroupTableRow> rows,
        IReadOnlyList<MetricColumn> columns,
        int width)
    {
        string[][] figures = [.. rows.Select(row => columns.Select(column => column.Text(row.Metrics)).ToArray())];
        int[] figureColumns = [.. columns.Select((column, i) => figures.Select(row => row[i].Length).Append(column.Title.Length).Max())];
        int[] keyColumns = WidthsOf(heads, rows, width - Gap - figureColumns.Sum(columns => columns + Gap));
        Table table = new Table().NoBorder();
        for (int i = 0; i < heads.Count; i++)
        {
            string indent = i == 0 ? new string(' ', Gap) : "";
            table.AddColumn(new TableColumn(new Text(indent + heads[i].Text, Style.Parse("dim")))
            {
                Width = keyColumns[i] + indent.Length,
                Padding = RightOf,
                NoWrap = true,
            });
        }

        for (int i = 0; i < columns.Count; i++)
        {
            table.AddColumn(new TableColumn(new Text(columns[i].Title, Style.Parse("dim")))
            {
                Width = figureColumns[i],
                Padding = RightOf,
                Alignment = Justify.Right,
                NoWrap = true,
            });
        }

        for (int row = 0; row < rows.Count; row++)
        {
            table.AddRow(
            [
                .. rows[row].Keys.Select((key, i) => new Text((i == 0 ? new string(' ', Gap) : "") + Printable.Of(key, keyColumns[i]))),
                .. figures[row].Select(figure => new Text(figure)),
            ]);
        }

        return table;
    }

    /// <summary>The line below a table that does not show all groups.</summary>
    /// <param name="more">How many it does not show.</param>
    /// <param name="where">Where they are.</param>
    public static Text More(int more, string where) => new($"  and {Figures.Count(more)} more; {where}\n", Style.Parse("dim"));

    // As wide as the widest key, but what is too wide for all gives way, the widest first.
    private static int[] WidthsOf(IReadOnlyList<(string Text, bool MayBeCut)> heads, IReadOnlyList<GroupTableRow> rows, int available)
    {
        int[] widths =
        [
            .. heads.Select((head, i) => rows.Select(row => Math.Min(WidestKey, WidthOf(row.Keys[i]))).Append(head.Text.Length).Max()),
        ];
        int[] least = [.. heads.Select((head, i) => head.MayBeCut ? Math.Max(NarrowestKey, head.Text.Length) : widths[i])];
        for (int over = widths.Sum(width => width + Gap) - available; over > 0; over--)
        {
            int widest = Enumerable.Range(0, widths.Length).MaxBy(i => widths[i] > least[i] ? widths[i] : 0);
            if (widths[widest] <= least[widest])
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private static int WidthOf(string text) => new Segment(Printable.Of(text)).CellCount();
}
