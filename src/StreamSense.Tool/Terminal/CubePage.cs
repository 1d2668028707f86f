using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>The groups of a cube as a page: the input, then a row a group and window.</summary>
/// <param name="report">The report.</param>
/// <param name="root">Its JSON object.</param>
/// <param name="columns">The metrics.</param>
/// <param name="top">How many groups were asked for; null for those that a page has.</param>
/// <param name="width">How many columns of text there are.</param>
internal sealed class CubePage(MeasureReport report, JsonElement root, IReadOnlyList<MetricColumn> columns, int? top, int width)
{
    private readonly string[] _by = [.. root.GetProperty("by").EnumerateArray().Select(name => name.GetString()!)];
    private readonly bool _hasWindows = root.GetProperty("every").ValueKind is JsonValueKind.String;

    /// <summary>The parts of the page, from top to bottom.</summary>
    public IEnumerable<IRenderable> Parts()
    {
        var input = new InputLines(report, root);
        yield return input.Window();
        foreach (IRenderable part in input.Notes("rejected: "))
        {
            yield return part;
        }

        yield return new Text("\n");
        List<JsonElement[]> groups = Groups();
        if (groups.Count == 0)
        {
            yield return new Text("  no views\n", Style.Parse("dim"));
            yield break;
        }

        int shown = top ?? GroupTable.MostGroups;
        yield return GroupTable.Of(
            Heads(),
            [.. groups.Take(shown).SelectMany(rows => rows).Select(row => new GroupTableRow(KeysOf(row), row.GetProperty("metrics")))],
            columns,
            width);
        if (groups.Count > shown)
        {
            yield return GroupTable.More(groups.Count - shown, "--top N or --json has them");
        }
    }

    private List<(string Text, bool MayBeCut)> Heads()
    {
        List<(string Text, bool MayBeCut)> heads = [.. _by.Select(name => (name, true))];
        if (_hasWindows)
        {
            heads.Add(("window", false));
        }

        return heads.Count > 0 ? heads : [("", true)];
    }

    // The windows of a group stand together.
    private List<JsonElement[]> Groups()
    {
        var groups = new List<JsonElement[]>();
        var group = new List<JsonElement>();
        foreach (JsonElement row in root.GetProperty("rows").EnumerateArray())
        {
            // The row of all views is there without any, too.
            if (row.GetProperty("from").ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (group.Count > 0 && !JsonElement.DeepEquals(group[0].GetProperty("by"), row.GetProperty("by")))
            {
                groups.Add([.. group]);
                group.Clear();
            }

            group.Add(row);
        }

        if (group.Count > 0)
        {
            groups.Add([.. group]);
        }

        return groups;
    }

    private List<string> KeysOf(JsonElement row)
    {
        bool isOther = row.GetProperty("isOther").GetBoolean();
        List<string> keys = [.. row.GetProperty("by").EnumerateObject().Select(value => NameOf(value.Value, isOther))];
        if (_hasWindows)
        {
            DateTimeOffset from = row.GetProperty("from").GetDateTimeOffset();
            string format = root.GetProperty("every").GetString() switch
            {
                "1d" => "yyyy-MM-dd",
                "10s" => "yyyy-MM-dd HH:mm:ss",
                _ => "yyyy-MM-dd HH:mm",
            };
            keys.Add(from.ToString(format, CultureInfo.InvariantCulture));
        }

        return keys.Count > 0 ? keys : ["all"];
    }

    // A value may be called so, too.
    private static string NameOf(JsonElement value, bool isOther) =>
        isOther && value.ValueEquals("other") ? "(other)" : GroupTableRow.NameOf(value);
}
