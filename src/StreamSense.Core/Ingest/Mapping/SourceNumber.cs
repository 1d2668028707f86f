using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Reads a number as sources spell it: with a plus, without a leading digit, with a decimal comma.</summary>
internal static class SourceNumber
{
    private const int MaxLength = 64;

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="number">The number.</param>
    /// <param name="isJson">Whether JSON spells it so.</param>
    /// <returns>Whether it is a number.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, byte mark, out DecimalNumber number, out bool isJson)
    {
        number = default;
        isJson = false;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[MaxLength];
        int at = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        int start = text[0] == (byte)'+' ? 1 : 0;
        text.CopyTo(plain);
        int whole = Digits(text, ref at);
        int fraction = 0;
        bool hasMark = at < text.Length && text[at] == mark;
        if (hasMark)
        {
            plain[at++] = (byte)'.';
            fraction = Digits(text, ref at);
        }

        if (whole + fraction == 0 || !TryExponent(text[at..]))
        {
            return false;
        }

        int firstDigit = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        isJson = start == 0 && whole > 0 && (whole == 1 || text[firstDigit] != (byte)'0')
            && (!hasMark || (mark == (byte)'.' && fraction > 0));
        number = DecimalNumber.Parse(plain[start..text.Length]);
        return true;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at - start;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        int at = text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? 2 : 1;
        return text[0] is (byte)'e' or (byte)'E' && Digits(text, ref at) > 0 && at == text.Length;
    }
}
