using System.Globalization;

namespace StreamSense.Tool.CommandLine;

/// <summary>Reads a duration as people write it: 30s, 5m, 1.5h, 250ms, 00:05:00, or plain seconds.</summary>
internal static class DurationText
{
    private const NumberStyles Number = NumberStyles.AllowDecimalPoint;

    private static readonly (string Unit, double Milliseconds)[] _units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1_000)];

    /// <summary>Reads a duration that is not negative.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    /// <returns>False if the text is none.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["c", @"h\:mm\:ss", @"hh\:mm"], CultureInfo.InvariantCulture, out duration)
                && duration >= TimeSpan.Zero;
        }

        string number = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
        string unit = text[number.Length..];
        foreach ((string name, double milliseconds) in _units)
        {
            if (string.Equals(unit, name, StringComparison.Ordinal)
                && double.TryParse(number, Number, CultureInfo.InvariantCulture, out double value)
                && value * milliseconds < TimeSpan.MaxValue.TotalMilliseconds)
            {
                duration = TimeSpan.FromMilliseconds(value * milliseconds);
                return true;
            }
        }

        duration = default;
        return false;
    }
}
