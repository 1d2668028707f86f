namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What a text says of a time, part by part.</summary>
internal struct TimeFields()
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private static readonly byte[][] _months =
    [
        [.. "january"u8], [.. "february"u8], [.. "march"u8], [.. "april"u8], [.. "may"u8], [.. "june"u8], [.. "july"u8],
        [.. "august"u8], [.. "september"u8], [.. "october"u8], [.. "november"u8], [.. "december"u8],
    ];

    private int _year = 1;
    private int _month = 1;
    private int _day = 1;
    private int _dayOfYear;
    private int _hour;
    private int _minute;
    private int _second;
    private int _microseconds;
    private bool _isHalfDay;
    private bool _isAfternoon;

    /// <summary>The offset from UTC in minutes; null if the text does not say.</summary>
    public int? OffsetMinutes { get; private set; }

    /// <summary>Whether there is such a day and time.</summary>
    public readonly bool IsValid =>
        _year is >= 1 and <= 9999
        && _month is >= 1 and <= 12
        && _day >= 1 && _day <= DateTime.DaysInMonth(_year, _month)
        && _dayOfYear <= (DateTime.IsLeapYear(_year) ? 366 : 365)
        && _minute <= 59 && _second <= 60
        && (_isHalfDay ? _hour is >= 1 and <= 12 : _hour <= 23 || (_hour == 24 && _minute + _second + _microseconds == 0));

    /// <summary>The time by the clock of its zone, in microseconds since 1970 by that clock.</summary>
    public readonly long LocalMicroseconds
    {
        get
        {
            long days = _dayOfYear > 0
                ? new DateOnly(_year, 1, 1).DayNumber + _dayOfYear - 1
                : new DateOnly(_year, _month, _day).DayNumber;
            days -= DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            int hour = _isHalfDay ? (_hour % 12) + (_isAfternoon ? 12 : 0) : _hour;
            return (((((((days * 24) + hour) * 60) + _minute) * 60) + _second) * MicrosecondsPerSecond) + _microseconds;
        }
    }

    /// <summary>Takes one part off the front of a text.</summary>
    public bool TryTake(TimePart part, int least, int most, byte letter, ref ReadOnlySpan<byte> text)
    {
        switch (part)
        {
            case TimePart.Letter:
                bool isThere = text.Length > 0 && text[0] == letter;
                text = text[(isThere ? 1 : 0)..];
                return isThere;
            case TimePart.Blank:
                int blanks = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
                blanks = blanks < 0 ? text.Length : blanks;
                text = text[blanks..];
                return blanks > 0;
            case TimePart.MonthName:
                return TryMonth(ref text);
            case TimePart.Weekday:
                int letters = Letters(text);
                text = text[letters..];
                return letters > 0;
            case TimePart.HalfDay:
                return TryHalfDay(ref text);
            case TimePart.Offset:
                return TryOffset(ref text);
            case TimePart.Fraction:
                return TryFraction(least, most, ref text);
            default:
                return TryDigits(least, most, ref text, out int value) && TrySet(part, value);
        }
    }

    private bool TrySet(TimePart part, int value)
    {
        switch (part)
        {
            case TimePart.Year:
                _year = value;
                break;
            case TimePart.ShortYear:
                _year = value + (value >= 69 ? 1900 : 2000);
                break;
            case TimePart.Month:
                _month = value;
                break;
            case TimePart.Day:
                _day = value;
                break;
            case TimePart.DayOfYear:
                _dayOfYear = value;
                return value > 0;
            case TimePart.Minute:
                _minute = value;
                break;
            case TimePart.Second:
                _second = value;
                break;
            default:
                _hour = value;
                _isHalfDay |= part == TimePart.HalfDayHour;
                break;
        }

        return true;
    }

    private static bool TryDigits(int least, int most, ref ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        int count = 0;
        while (count < most && count < text.Length && char.IsAsciiDigit((char)text[count]))
        {
            value = (value * 10) + (text[count++] - (byte)'0');
        }

        text = text[count..];
        return count >= least;
    }

    private bool TryFraction(int least, int most, ref ReadOnlySpan<byte> text)
    {
        int length = text.Length;
        if (!TryDigits(least, most, ref text, out int value))
        {
            return false;
        }

        int digits = length - text.Length;
        for (; digits < 6; digits++)
        {
            value *= 10;
        }

        for (; digits > 6; digits--)
        {
            value /= 10;
        }

        _microseconds = value;
        return true;
    }

    private static int Letters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiLetter((char)text[count]))
        {
            count++;
        }

        return count;
    }

    private bool TryMonth(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name = text[..Letters(text)];
        text = text[name.Length..];
        for (int i = 0; i < _months.Length; i++)
        {
            bool isMonth = name.Length == 3
                ? System.Text.Ascii.EqualsIgnoreCase(name, _months[i].AsSpan(0, 3))
                : System.Text.Ascii.EqualsIgnoreCase(name, _months[i]);
            if (isMonth)
            {
                _month = i + 1;
                return true;
            }
        }

        return false;
    }

    private bool TryHalfDay(ref ReadOnlySpan<byte> text)
    {
        _isHalfDay = true;
        _isAfternoon = text.Length >= 2 && System.Text.Ascii.EqualsIgnoreCase(text[..2], "pm"u8);
        bool isThere = _isAfternoon || (text.Length >= 2 && System.Text.Ascii.EqualsIgnoreCase(text[..2], "am"u8));
        text = text[(isThere ? 2 : 0)..];
        return isThere;
    }

    private bool TryOffset(ref ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] is (byte)'Z' or (byte)'z')
        {
            text = text[1..];
            OffsetMinutes = 0;
            return true;
        }

        if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        bool isWest = text[0] == (byte)'-';
        text = text[1..];
        if (!TryDigits(2, 2, ref text, out int hours))
        {
            return false;
        }

        text = text[(text.Length > 0 && text[0] == (byte)':' ? 1 : 0)..];
        int minutes = 0;
        if (text.Length >= 2 && char.IsAsciiDigit((char)text[0]) && !TryDigits(2, 2, ref text, out minutes))
        {
            return false;
        }

        OffsetMinutes = ((hours * 60) + minutes) * (isWest ? -1 : 1);
        return hours <= 23 && minutes <= 59;
    }
}
