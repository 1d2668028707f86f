using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Numbers and tables of reports, as text for a terminal and as JSON.</summary>
internal static class ReportText
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Writes a number; what JSON cannot say is null.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>A table: the first column to the left, numbers to the right.</summary>
    public static string Table(string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows];
        int[] widths = [.. heads.Select((_, column) => all.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in all)
        {
            IEnumerable<string> cells =
                row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            string line = string.Join("  ", cells);
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
