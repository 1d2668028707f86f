using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>The timeline of a view as a page: whose it is, a line an event, and what became of it.</summary>
/// <param name="root">Its JSON object.</param>
internal sealed class ViewPage(JsonElement root)
{
    private const string Quiet = "dim";
    private const int TimeColumns = 12;
    private const int OffsetColumns = 10;
    private const int KindColumns = 16;
    private const int StateColumns = 11;

    /// <summary>The parts of the page, from top to bottom.</summary>
    public IEnumerable<IRenderable> Parts()
    {
        yield return new Text($"view {root.GetProperty("view").GetString()}{Heading()}\n\n", Style.Parse("bold"));
        yield return Lines();
        if (root.GetProperty("droppedEntries").GetInt64() is > 0 and long dropped)
        {
            yield return new Text($"  {Figures.Count(dropped)} more lines are not kept\n", Style.Parse("yellow"));
        }

        yield return new Text("\n");
        foreach (IRenderable part in ViewSummary.Parts(root))
        {
            yield return part;
        }
    }

    private string Heading()
    {
        if (root.GetProperty("session") is not { ValueKind: JsonValueKind.Object } session)
        {
            return "";
        }

        string[] names = ["title", "source", "app", "country", "deviceKind", "cdn"];
        IEnumerable<string> known = names
            .Select(name => (name, value: session.GetProperty(name)))
            .Where(member => member.value.ValueKind == JsonValueKind.String)
            .Select(member => $"{(member.name is "deviceKind" ? "device" : member.name)} {Printable.Of(member.value.GetString()!)}");
        return "\n" + string.Join(", ", known);
    }

    private Table Lines()
    {
        Table table = new Table().NoBorder().HideHeaders();
        table.AddColumn(Column(TimeColumns, Justify.Left));
        table.AddColumn(Column(OffsetColumns, Justify.Right));
        table.AddColumn(Column(KindColumns, Justify.Left));
        table.AddColumn(Column(StateColumns, Justify.Left));
        table.AddColumn(new TableColumn("") { Padding = new Padding(0) });
        string day = "";
        foreach (JsonElement entry in root.GetProperty("entries").EnumerateArray())
        {
            DateTimeOffset time = entry.GetProperty("time").GetDateTimeOffset();
            string date = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (!string.Equals(date, day, StringComparison.Ordinal))
            {
                table.AddRow(Quietly(date));
                day = date;
            }

            string? kind = entry.GetProperty("kind").GetString();
            string state = entry.GetProperty("state").GetString()!;
            table.AddRow(
                Quietly(time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                Quietly(ViewWords.Seconds(entry.GetProperty("offsetMs").GetDouble())),
                kind is null ? new Text("(end)", Style.Parse("italic")) : new Text(kind),
                new Text(state, ViewWords.StyleOf(state)),
                ViewWords.Of(entry));
        }

        return table;
    }

    private static Text Quietly(string text) => new(text, Style.Parse(Quiet));

    private static TableColumn Column(int width, Justify alignment) =>
        new("") { Width = width, NoWrap = true, Padding = new Padding(0, 0, 1, 0), Alignment = alignment };
}
