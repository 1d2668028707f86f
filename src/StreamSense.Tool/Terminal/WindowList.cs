using System.Globalization;
using System.Text.Json;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>The windows of a report: a line each, from the first on.</summary>
internal static class WindowList
{
    private const int MostShown = 48;

    /// <summary>The parts, from top to bottom.</summary>
    /// <param name="windows">The windows of the report.</param>
    /// <param name="width">How many columns of text there are.</param>
    public static IEnumerable<IRenderable> Parts(JsonElement windows, int width)
    {
        yield return GroupTable.Of(
            [("from", false)],
            [.. windows.EnumerateArray().Take(MostShown).Select(RowOf)],
            MetricColumn.Usual,
            width);
        if (windows.GetArrayLength() - MostShown is > 0 and int more)
        {
            yield return GroupTable.More(more, "--json has them all");
        }
    }

    private static GroupTableRow RowOf(JsonElement window) => new([From(window)], window.GetProperty("metrics"));

    private static string From(JsonElement window)
    {
        DateTimeOffset from = window.GetProperty("from").GetDateTimeOffset();
        TimeSpan length = window.GetProperty("to").GetDateTimeOffset() - from;
        string format = length.Ticks % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd"
            : length.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm"
            : "yyyy-MM-dd HH:mm:ss";
        return from.ToString(format, CultureInfo.InvariantCulture);
    }
}
