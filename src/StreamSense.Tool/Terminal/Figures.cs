using System.Globalization;
using System.Text.Json;

namespace StreamSense.Tool.Terminal;

/// <summary>Numbers as people read them; a dash where there is none.</summary>
internal static class Figures
{
    private const string None = "–";

    /// <summary>A number of an object; null if it is null there.</summary>
    public static double? Value(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>A count, in groups of three digits.</summary>
    public static string Count(double? value) => Write(value, "#,##0");

    /// <summary>A number with one or two digits after the point.</summary>
    public static string Number(double? value) => Write(value, value < 10 ? "0.00" : "#,##0.0");

    /// <summary>A ratio as a percentage.</summary>
    public static string Percent(double? value) => value is { } ratio ? Write(ratio * 100, ratio < 0.1 ? "0.00" : "0.0") + " %" : None;

    /// <summary>A bitrate.</summary>
    public static string Kbps(double? value) => value is null ? None : Write(value, "#,##0") + " kbps";

    /// <summary>A duration of milliseconds.</summary>
    public static string Milliseconds(double? value) =>
        value is { } milliseconds && milliseconds < 999.5 ? Write(milliseconds, "0") + " ms" : Seconds(value / 1_000);

    /// <summary>A duration of seconds, in its two largest units.</summary>
    public static string Seconds(double? value)
    {
        if (value is not { } seconds)
        {
            return None;
        }

        // What rounds to a minute is one: never "60.00 s".
        if (seconds < 59.995)
        {
            return Write(seconds, seconds is 0 ? "0" : "0.00") + " s";
        }

        long whole = (long)Math.Round(seconds);
        return whole < 3_600
            ? $"{whole / 60} min {whole % 60:00} s"
            : $"{Count(whole / 3_600)} h {whole % 3_600 / 60:00} min";
    }

    private static string Write(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? None;
}
