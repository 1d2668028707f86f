using System.Runtime.Intrinsics;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads an instant as RFC 3339 writes it.</summary>
internal static class Rfc3339
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const int DateLength = 10;
    private const int MinuteEnd = 16;
    private const int SecondsEnd = 19;

    // From 0001-01-01 to 1970-01-01, as DateOnly.DayNumber counts.
    private const int DaysToEpoch = 719_162;

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, bool, ref Minute, out long)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, bool dateAlone, out long unixMicroseconds)
    {
        Minute last = default;
        return TryParse(text, dateAlone, ref last, out unixMicroseconds);
    }

    /// <summary>Reads <c>2026-01-02T03:04:05.123456+01:00</c>; digits beyond the microsecond are cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dateAlone">Whether <c>2026-01-02</c> will do, for midnight UTC.</param>
    /// <param name="last">The minute that was read last, and then the one of this text: times of a sender lie close together.</param>
    /// <param name="unixMicroseconds">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Whether it is such a text.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, bool dateAlone, ref Minute last, out long unixMicroseconds)
    {
        unixMicroseconds = 0;
        if (text.Length > SecondsEnd && last.IsKnown && Vector128.Create(text) == last.Text)
        {
            return TryRest(text, last.Minutes, out unixMicroseconds);
        }

        if (!TryDate(text, out long days))
        {
            return false;
        }

        if (text.Length == DateLength)
        {
            unixMicroseconds = days * 86_400 * MicrosecondsPerSecond;
            return dateAlone;
        }

        if (text.Length <= SecondsEnd || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[13] != (byte)':'
            || !TryTwo(text, 11, 23, out int hour)
            || !TryTwo(text, 14, 59, out int minute))
        {
            return false;
        }

        last = new Minute(Vector128.Create(text), (((days * 24) + hour) * 60) + minute, IsKnown: true);
        return TryRest(text, last.Minutes, out unixMicroseconds);
    }

    // What follows the minute.
    private static bool TryRest(ReadOnlySpan<byte> text, long minutes, out long unixMicroseconds)
    {
        unixMicroseconds = 0;
        if (text[MinuteEnd] != (byte)':'
            || !TryTwo(text, 17, 60, out int second)
            || !TryFraction(text[SecondsEnd..], out int fraction, out int length)
            || !TryOffset(text[(SecondsEnd + length)..], out int offsetMinutes))
        {
            return false;
        }

        unixMicroseconds = ((((minutes - offsetMinutes) * 60) + second) * MicrosecondsPerSecond) + fraction;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (text.Length < DateLength || text[4] != (byte)'-' || text[7] != (byte)'-'
            || !TryTwo(text, 0, 99, out int century)
            || !TryTwo(text, 2, 99, out int year)
            || !TryTwo(text, 5, 12, out int month) || month == 0
            || !TryTwo(text, 8, 31, out int day) || day == 0)
        {
            return false;
        }

        year += century * 100;
        if (year == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - DaysToEpoch;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int microseconds, out int length)
    {
        microseconds = 0;
        length = 0;
        if (text[0] != (byte)'.')
        {
            return true;
        }

        int weight = 100_000;
        for (length = 1; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            microseconds += (text[length] - (byte)'0') * weight;
            weight /= 10;
        }

        return length > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != (byte)':'
            || !TryTwo(text, 1, 23, out int hour)
            || !TryTwo(text, 4, 59, out int minute))
        {
            return false;
        }

        minutes = (hour * 60) + minute;
        minutes = text[0] == (byte)'-' ? -minutes : minutes;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, int most, out int value)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9 && value <= most;
    }

    /// <summary>A text to its minute, <c>2026-01-02T03:04</c>, and what it says.</summary>
    internal readonly record struct Minute(Vector128<byte> Text, long Minutes, bool IsKnown);
}
