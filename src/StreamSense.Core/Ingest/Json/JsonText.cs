using System.Buffers;
using System.Text;

namespace StreamSense.Core.Ingest.Json;

/// <summary>The text of JSON strings, with and without escapes.</summary>
internal static class JsonText
{
    /// <summary>The bytes that a string cannot carry as they are.</summary>
    public static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>Takes the escapes out of a string whose syntax has been checked.</summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="destination">At least as long as <paramref name="raw"/>.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>False if an escape stands for half a surrogate pair, which no text has.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> destination, out int written)
    {
        written = 0;
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOf((byte)'\\');
            plain = plain < 0 ? raw.Length : plain;
            raw[..plain].CopyTo(destination[written..]);
            written += plain;
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            if (!TryUnescapeOne(ref raw, out Rune rune))
            {
                return false;
            }

            written += rune.EncodeToUtf8(destination[written..]);
        }

        return true;
    }

    private static bool TryUnescapeOne(ref ReadOnlySpan<byte> raw, out Rune rune)
    {
        byte letter = raw[1];
        if (letter != (byte)'u')
        {
            raw = raw[2..];
            rune = new Rune(letter switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => (char)letter,
            });
            return true;
        }

        char first = Unit(raw[2..]);
        raw = raw[6..];
        if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
            return true;
        }

        rune = default;
        if (raw.Length < 6 || raw[0] != (byte)'\\' || raw[1] != (byte)'u' || !Rune.TryCreate(first, Unit(raw[2..]), out rune))
        {
            return false;
        }

        raw = raw[6..];
        return true;
    }

    private static char Unit(ReadOnlySpan<byte> digits)
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            int digit = digits[i];
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)unit;
    }
}
