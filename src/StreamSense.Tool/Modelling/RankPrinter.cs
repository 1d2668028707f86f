using System.Globalization;
using Spectre.Console;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Modelling;

/// <summary>Prints a ranking: one JSON object, or a table.</summary>
internal static class RankPrinter
{
    private const int TitleColumns = 50;

    /// <summary>Prints it to standard output.</summary>
    public static void Print(RankReport report, ToolStreams streams, bool json)
    {
        bool hasQueries = report.Places.Any(place => place.Query > 0);
        if (json)
        {
            streams.Output.WriteLine(Json(report, hasQueries));
            return;
        }

        streams.Output.WriteLine(report.Card + (report.Given is { } given
            ? string.Create(CultureInfo.InvariantCulture, $": knows {report.Known} of {given} titles of the viewer") : ""));
        Table table = new Table().SimpleBorder();
        if (hasQueries)
        {
            table.AddColumn(new TableColumn("query") { Alignment = Justify.Right });
        }

        table.AddColumn(new TableColumn("rank") { Alignment = Justify.Right });
        table.AddColumn(hasQueries ? "row" : "title");
        table.AddColumn(new TableColumn("score") { Alignment = Justify.Right });
        foreach (RankedPlace place in report.Places)
        {
            string[] cells =
            [
                place.Rank.ToString(CultureInfo.InvariantCulture),
                Printable.Of(place.Title, TitleColumns),
                place.Score.ToString("0.0000", CultureInfo.InvariantCulture),
            ];
            string[] all = hasQueries ? [place.Query.ToString(CultureInfo.InvariantCulture), .. cells] : cells;
            table.AddRow([.. all.Select(cell => new Text(cell))]);
        }

        PageConsole.Create(streams).Write(table);
    }

    private static string Json(RankReport report, bool hasQueries) => ModelJson.Object(writer =>
    {
        writer.WriteString("model", report.Card.Name);
        writer.WriteString("version", report.Card.Version);
        if (report is { Known: { } known, Given: { } given })
        {
            writer.WriteNumber("history", given);
            writer.WriteNumber("known", known);
        }

        writer.WriteStartArray("ranking");
        foreach (RankedPlace place in report.Places)
        {
            writer.WriteStartObject();
            if (hasQueries)
            {
                writer.WriteNumber("query", place.Query);
            }

            writer.WriteNumber("rank", place.Rank);
            writer.WriteString(hasQueries ? "row" : "title", place.Title);
            writer.WriteNumber("score", place.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
