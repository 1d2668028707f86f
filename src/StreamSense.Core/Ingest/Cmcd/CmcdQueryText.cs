namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the CMCD argument in a URL or a query and takes the percent-encoding off it, once.</summary>
/// <remarks>
/// The argument is called <c>CMCD</c>, in capitals, and stands anywhere in the query. <c>+</c> is a space where the value is encoded, as
/// in the reference decoder. One thread at a time; allocates nothing once warm.
/// </remarks>
internal sealed class CmcdQueryText
{
    private byte[] _text = new byte[2048];

    /// <summary>Whether the argument stands more than once; the first counts.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Finds and decodes the argument.</summary>
    /// <param name="line">A URL, a query, or the argument; a value alone where that is allowed.</param>
    /// <param name="value">The decoded value; valid until the next call.</param>
    /// <param name="allowBare">Whether a line without the argument's name may be its value.</param>
    public bool TryFind(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value, bool allowBare)
    {
        IsRepeated = false;
        value = default;
        line = line.Trim(" \t\r"u8);
        int start = StartOf(line);
        if (start < 0)
        {
            // A query argument of another name, a path or a URL is no value of structured fields.
            bool isBare = allowBare && !line.IsEmpty && line[0] is not ((byte)'/' or (byte)'?') && !IsUrl(line);
            value = isBare ? Decode(line, isBare: true) : default;
            return isBare;
        }

        ReadOnlySpan<byte> rest = line[start..];
        int end = EndOf(rest);
        IsRepeated = end < rest.Length && rest[end..].IndexOf("&CMCD="u8) >= 0;
        value = Decode(rest[..end], isBare: false);
        return true;
    }

    // Within a value "://" comes after an equals sign.
    private static bool IsUrl(ReadOnlySpan<byte> line)
    {
        int scheme = line.IndexOf("://"u8);
        return scheme >= 0 && line[..scheme].IndexOfAny((byte)'=', (byte)'"') < 0;
    }

    /// <summary>Whether an encoded letter is a printable one of ASCII that means nothing in a text.</summary>
    /// <param name="encoded">Begins with a percent sign.</param>
    public static bool IsPlainLetter(ReadOnlySpan<byte> encoded) =>
        encoded.Length > 2 && ((HexOf(encoded[1]) << 4) | HexOf(encoded[2])) is >= 0x20 and <= 0x7E and not '"' and not '\\';

    /// <summary>Where the argument's value begins; negative if there is none.</summary>
    /// <param name="line">A URL or a query.</param>
    public static int StartOf(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = "CMCD="u8;
        int from = 0;
        while (true)
        {
            int at = line[from..].IndexOf(name);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            from = at + name.Length;
            if (at == 0 || line[at - 1] is (byte)'&' or (byte)'?')
            {
                return from;
            }
        }
    }

    // In a value that nobody has encoded, what stands between quotes ends nothing.
    private static int EndOf(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny("&#\""u8);
        if (end < 0 || rest[end] != (byte)'"')
        {
            return end < 0 ? rest.Length : end;
        }

        bool isQuoted = false;
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'\\' && isQuoted)
            {
                i++;
            }
            else if (rest[i] == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && rest[i] is (byte)'&' or (byte)'#')
            {
                return i;
            }
        }

        return rest.Length;
    }

    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> encoded, bool isBare)
    {
        bool isRaw = encoded.Contains((byte)'"');
        int escape = isRaw && isBare ? -1 : encoded.IndexOfAny((byte)'%', (byte)'+');
        if (escape < 0)
        {
            return encoded;
        }

        if (_text.Length < encoded.Length)
        {
            _text = new byte[encoded.Length * 2];
        }

        Span<byte> text = _text;
        encoded[..escape].CopyTo(text);
        int length = escape;
        for (int i = escape; i < encoded.Length; i++)
        {
            byte letter = encoded[i];
            if (letter == (byte)'%' && i + 2 < encoded.Length)
            {
                int value = (HexOf(encoded[i + 1]) << 4) | HexOf(encoded[i + 2]);
                if (value >= 0)
                {
                    letter = (byte)value;
                    i += 2;
                }
            }
            else if (letter == (byte)'+' && !isRaw)
            {
                letter = (byte)' ';
            }

            text[length++] = letter;
        }

        return text[..length];
    }

    private static int HexOf(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };
}
