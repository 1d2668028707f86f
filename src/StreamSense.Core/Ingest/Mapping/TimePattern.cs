namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A pattern for times, in the letters of .NET (<c>yyyy-MM-dd HH:mm:ss</c>) or of strptime (<c>%Y-%m-%d %H:%M:%S</c>).</summary>
/// <remarks>Names of months and days are English. Immutable; reading allocates nothing.</remarks>
internal sealed class TimePattern
{
    private readonly List<(TimePart Part, int Least, int Most, byte Letter)> _parts = [];

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="FormatException">It has an unknown letter, or no year.</exception>
    public TimePattern(string pattern)
    {
        if (pattern.Contains('%', StringComparison.Ordinal))
        {
            AddPercents(pattern);
        }
        else
        {
            AddLetters(pattern);
        }

        if (!_parts.Exists(part => part.Part is TimePart.Year or TimePart.ShortYear))
        {
            throw new FormatException($"the pattern '{pattern}' has no year");
        }
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text; all of it must fit the pattern.</param>
    /// <param name="fields">What it says.</param>
    /// <returns>Whether it fits, and there is such a day and time.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out TimeFields fields)
    {
        fields = new TimeFields();
        foreach ((TimePart part, int least, int most, byte letter) in _parts)
        {
            if (!fields.TryTake(part, least, most, letter, ref text))
            {
                return false;
            }
        }

        return text.IsEmpty && fields.IsValid;
    }

    private void AddPercents(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                Literal(pattern[i]);
                continue;
            }

            i++;
            AddPercent(i < pattern.Length ? pattern[i] : ' ', pattern);
        }
    }

    private void AddPercent(char letter, string pattern)
    {
        switch (letter)
        {
            case 'T':
                AddPercents("%H:%M:%S");
                break;
            case 'F':
                AddPercents("%Y-%m-%d");
                break;
            case '%':
                Literal('%');
                break;
            default:
                (TimePart part, int least, int most) = letter switch
                {
                    'Y' => (TimePart.Year, 4, 4),
                    'y' => (TimePart.ShortYear, 2, 2),
                    'm' => (TimePart.Month, 1, 2),
                    'b' or 'B' or 'h' => (TimePart.MonthName, 0, 0),
                    'd' or 'e' => (TimePart.Day, 1, 2),
                    'j' => (TimePart.DayOfYear, 1, 3),
                    'a' or 'A' => (TimePart.Weekday, 0, 0),
                    'H' or 'k' => (TimePart.Hour, 1, 2),
                    'I' or 'l' => (TimePart.HalfDayHour, 1, 2),
                    'M' => (TimePart.Minute, 1, 2),
                    'S' => (TimePart.Second, 1, 2),
                    'f' => (TimePart.Fraction, 1, 9),
                    'p' => (TimePart.HalfDay, 0, 0),
                    'z' => (TimePart.Offset, 0, 0),
                    _ => throw new FormatException($"the pattern '{pattern}' has '%{letter}', which means nothing here"),
                };
                _parts.Add((part, least, most, 0));
                break;
        }
    }

    private void AddLetters(string pattern)
    {
        for (int i = 0; i < pattern.Length;)
        {
            char letter = pattern[i];
            if (letter is '\'' or '\\')
            {
                i = AddQuoted(pattern, i);
                continue;
            }

            int run = 1;
            while (i + run < pattern.Length && pattern[i + run] == letter)
            {
                run++;
            }

            AddRun(letter, run, pattern);
            i += run;
        }
    }

    private void AddRun(char letter, int run, string pattern)
    {
        (TimePart part, int least, int most) = (letter, run) switch
        {
            ('y', 4) => (TimePart.Year, 4, 4),
            ('y', 2) => (TimePart.ShortYear, 2, 2),
            ('M', 3 or 4) => (TimePart.MonthName, 0, 0),
            ('M', 1 or 2) => (TimePart.Month, run, 2),
            ('d', 3 or 4) => (TimePart.Weekday, 0, 0),
            ('d', 1 or 2) => (TimePart.Day, run, 2),
            ('H', 1 or 2) => (TimePart.Hour, run, 2),
            ('h', 1 or 2) => (TimePart.HalfDayHour, run, 2),
            ('m', 1 or 2) => (TimePart.Minute, run, 2),
            ('s', 1 or 2) => (TimePart.Second, run, 2),
            ('f' or 'F', <= 9) => (TimePart.Fraction, letter == 'f' ? run : 1, letter == 'f' ? run : 9),
            ('t', 1 or 2) => (TimePart.HalfDay, 0, 0),
            ('z', <= 3) or ('K', 1) => (TimePart.Offset, 0, 0),
            _ when char.IsAsciiLetter(letter) && letter is not ('T' or 'Z') => throw new FormatException(
                $"the pattern '{pattern}' has '{new string(letter, run)}', which means nothing here; put letters as they stand in quotes"),
            _ => (TimePart.Letter, 0, 0),
        };
        if (part != TimePart.Letter)
        {
            _parts.Add((part, least, most, 0));
            return;
        }

        for (int i = 0; i < run; i++)
        {
            Literal(letter);
        }
    }

    private int AddQuoted(string pattern, int at)
    {
        int end = pattern[at] == '\\' ? at + 1 : pattern.IndexOf('\'', at + 1);
        if (end < 0 || end >= pattern.Length)
        {
            throw new FormatException($"the pattern '{pattern}' has a quote that is not closed");
        }

        foreach (char letter in pattern[at] == '\\' ? pattern.AsSpan(end, 1) : pattern.AsSpan((at + 1)..end))
        {
            Literal(letter);
        }

        return end + 1;
    }

    private void Literal(char letter)
    {
        if (letter > 127)
        {
            throw new FormatException($"a pattern has only ASCII letters, not '{letter}'");
        }

        _parts.Add((letter is ' ' or '\t' ? TimePart.Blank : TimePart.Letter, 0, 0, (byte)letter));
    }
}
