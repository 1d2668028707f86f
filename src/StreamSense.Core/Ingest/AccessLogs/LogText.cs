namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Reads the spellings of values in logs.</summary>
internal static class LogText
{
    /// <summary>Spells a value out; what is no escape stays as it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="style">How it is spelled.</param>
    /// <param name="destination">At least as long as the value.</param>
    /// <returns>The length of the result, at most that of the value.</returns>
    public static int Decode(ReadOnlySpan<byte> value, TextStyle style, Span<byte> destination)
    {
        byte mark = style switch
        {
            TextStyle.Backslashes => (byte)'\\',
            TextStyle.Percents => (byte)'%',
            TextStyle.DoubledQuotes => (byte)'"',
            TextStyle.Pluses => (byte)'+',
            _ => 0,
        };
        int length = 0;
        while (!value.IsEmpty)
        {
            int plain = style == TextStyle.Plain ? -1 : value.IndexOf(mark);
            plain = plain < 0 ? value.Length : plain;
            value[..plain].CopyTo(destination[length..]);
            length += plain;
            value = value[plain..];
            if (!value.IsEmpty)
            {
                destination[length++] = TakeEscape(ref value, style);
            }
        }

        return length;
    }

    /// <summary>Takes a quoted text off a line.</summary>
    /// <param name="line">The line, at its quote; then what follows the closing quote.</param>
    /// <param name="text">What stands between the quotes.</param>
    /// <param name="style">Which escapes hide a quote.</param>
    /// <returns>False if it is not closed.</returns>
    /// <remarks>A quote that neither a blank nor the end follows is a letter that a server forgot to escape.</remarks>
    public static bool TryTakeQuoted(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text, TextStyle style)
    {
        int i = 1;
        while (i < line.Length)
        {
            int step = line[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                break;
            }

            i += step;
            bool isEscape = style == TextStyle.Backslashes
                ? line[i] == (byte)'\\'
                : line[i] == (byte)'"' && i + 1 < line.Length && line[i + 1] == (byte)'"';
            if (isEscape)
            {
                i += 2;
                continue;
            }

            if (line[i] == (byte)'"' && (i + 1 == line.Length || line[i + 1] is (byte)' ' or (byte)'\t'))
            {
                text = line[1..i];
                line = line[(i + 1)..];
                return true;
            }

            i++;
        }

        text = default;
        return false;
    }

    /// <summary>A decimal number from 0, times a power of ten, rounded.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, int power, long most, out long number)
    {
        number = 0;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        return whole.Length is > 0 and <= 18
            && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Json.DecimalNumber.Parse(text).TryRound(power, out number)
            && number <= most;
    }

    private static byte TakeEscape(ref ReadOnlySpan<byte> value, TextStyle style)
    {
        byte letter = value[0];
        int length = 1;
        switch (style)
        {
            case TextStyle.Pluses:
                letter = (byte)' ';
                break;
            case TextStyle.DoubledQuotes:
                length = value.Length > 1 && value[1] == (byte)'"' ? 2 : 1;
                break;
            case TextStyle.Percents when value.Length > 2 && TryHex(value[1], value[2], out byte code):
                letter = code;
                length = 3;
                break;
            case TextStyle.Backslashes when value.Length > 3 && value[1] == (byte)'x' && TryHex(value[2], value[3], out byte code):
                letter = code;
                length = 4;
                break;
            case TextStyle.Backslashes when value.Length > 1 && value[1] is (byte)'"' or (byte)'\\':
                letter = value[1];
                length = 2;
                break;
        }

        value = value[length..];
        return letter;
    }

    private static bool TryHex(byte high, byte low, out byte code)
    {
        bool isHex = char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low);
        code = isHex ? (byte)((Digit(high) << 4) | Digit(low)) : (byte)0;
        return isHex;
    }

    private static int Digit(byte letter) => letter <= '9' ? letter - '0' : (letter | 0x20) - 'a' + 10;
}
