using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>What a page says of the input: what and when it was, and what of it failed.</summary>
/// <param name="report">The report.</param>
/// <param name="root">Its JSON object.</param>
internal sealed class InputLines(MeasureReport report, JsonElement root)
{
    private const string Quiet = "dim";
    private const string Warning = "yellow";

    private readonly (string Reason, long Count)[] _reasons =
    [
        .. root.GetProperty("totals").GetProperty("rejected").EnumerateObject().Select(reason => (reason.Name, reason.Value.GetInt64())),
    ];

    /// <summary>How many records were rejected.</summary>
    public long Rejected => _reasons.Sum(reason => reason.Count);

    /// <summary>The names of the input, and the time that it spans.</summary>
    public Text Window()
    {
        JsonElement window = root.GetProperty("window");
        string inputs = report.Inputs.Count is 1 ? Printable.Of(report.Inputs[0]) : $"{report.Inputs.Count} inputs";
        if (Time(window, "from") is not { } from || Time(window, "to") is not { } to)
        {
            return Line($"{inputs}: no events", Quiet);
        }

        string end = to.ToString(from.Date == to.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Line($"{inputs}: {from:yyyy-MM-dd HH:mm:ss} to {end} UTC", Quiet);
    }

    /// <summary>What was rejected and why, and what there was no room for; nothing where all is well.</summary>
    /// <param name="label">What stands before the reasons.</param>
    public IEnumerable<IRenderable> Notes(string label = "")
    {
        if (_reasons.Length > 0)
        {
            IEnumerable<string> counts = _reasons.Select(reason => $"{reason.Reason} {Figures.Count(reason.Count)}");
            yield return Line("  " + label + string.Join(", ", counts), Warning);
        }

        foreach (string complaint in report.Complaints)
        {
            yield return Line("  " + Printable.Of(complaint), Quiet);
        }
    }

    private static Text Line(string text, string style) => new(text + "\n", Style.Parse(style));

    private static DateTimeOffset? Time(JsonElement window, string name) =>
        window.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset() : null;
}
