using System.Globalization;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>Durations as people write them: <c>90s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class DurationText
{
    /// <summary>The shortest text of a duration; of microseconds where it is not one of whole seconds.</summary>
    public static string Of(TimeSpan duration)
    {
        (long unit, string name) = duration.Ticks switch
        {
            var ticks when ticks % TimeSpan.TicksPerDay == 0 => (TimeSpan.TicksPerDay, "d"),
            var ticks when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            var ticks when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "m"),
            var ticks when ticks % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "s"),
            _ => (TimeSpan.TicksPerMicrosecond, "us"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit}{name}");
    }

    /// <summary>The duration of a text.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        int digits = 0;
        while (text is not null && digits < text.Length && (char.IsAsciiDigit(text[digits]) || (digits == 0 && text[0] == '-')))
        {
            digits++;
        }

        long unit = text?[digits..] switch
        {
            "d" => TimeSpan.TicksPerDay,
            "h" => TimeSpan.TicksPerHour,
            "m" => TimeSpan.TicksPerMinute,
            "s" => TimeSpan.TicksPerSecond,
            "us" => TimeSpan.TicksPerMicrosecond,
            _ => 0,
        };
        if (unit == 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long count)
            || Math.Abs((double)count * unit) > TimeSpan.MaxValue.Ticks / 2.0)
        {
            return false;
        }

        duration = new TimeSpan(count * unit);
        return true;
    }
}
