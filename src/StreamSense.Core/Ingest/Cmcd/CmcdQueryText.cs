using System.Runtime.Intrinsics;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the CMCD argument in a URL or a query and takes the percent-encoding off it, once.</summary>
/// <remarks>
/// The argument is called <c>CMCD</c>, in capitals, and stands anywhere in the query. <c>+</c> is a space where the value is encoded, as
/// in the reference decoder. One thread at a time; allocates nothing once warm.
/// </remarks>
internal sealed class CmcdQueryText
{
    private const int Run = 16;

    private readonly byte[] _padded = new byte[CmcdSigns.MaxBytes + CmcdSigns.Slack];
    private readonly ushort[] _places = new ushort[CmcdSigns.Capacity];
    private byte[] _text = new byte[2048];

    /// <summary>Whether the argument stands more than once; the first counts.</summary>
    public bool IsRepeated { get; private set; }

    // What each byte is worth as a hexadecimal digit; -1 if it is none.
    private static ReadOnlySpan<sbyte> Digits =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

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

    /// <summary>The letter that two digits behind a percent sign stand for; negative if one of them is no digit.</summary>
    public static int LetterOf(byte upper, byte lower) => (Digits[upper] * 16) | (int)Digits[lower];

    /// <summary>Where the argument's value begins; negative if there is none.</summary>
    /// <param name="line">A URL or a query.</param>
    public static int StartOf(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = "CMCD="u8;
        if (line.StartsWith(name))
        {
            return name.Length;
        }

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
            if (line[at - 1] is (byte)'&' or (byte)'?')
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

        if (_text.Length < encoded.Length + Run)
        {
            _text = new byte[(encoded.Length + Run) * 2];
        }

        int length = 0;
        if (encoded.Length <= CmcdSigns.MaxBytes)
        {
            return _text.AsSpan(0, DecodeRuns(encoded, isRaw));
        }

        for (int i = 0; i < encoded.Length; i++)
        {
            byte letter = encoded[i];
            if (letter == (byte)'%' && i + 2 < encoded.Length && LetterOf(encoded[i + 1], encoded[i + 2]) is >= 0 and int code)
            {
                letter = (byte)code;
                i += 2;
            }
            else if (letter == (byte)'+' && !isRaw)
            {
                letter = (byte)' ';
            }

            _text[length++] = letter;
        }

        return _text.AsSpan(0, length);
    }

    // The same for texts of common length: what lies between two escapes is copied at once.
    private int DecodeRuns(ReadOnlySpan<byte> encoded, bool isRaw)
    {
        ref byte source = ref _padded[0];
        ref byte target = ref _text[0];
        encoded.CopyTo(_padded);
        _padded.AsSpan(encoded.Length, sizeof(ulong)).Clear();
        CmcdSigns.Find(ref source, encoded.Length, _places, CmcdAlphabet.Escapes);
        int at = 0;
        int length = 0;
        for (int i = 0; ; i++)
        {
            int place = _places[i];
            for (int run = at; run < place; run += Run)
            {
                Vector128.LoadUnsafe(ref source, (nuint)run).StoreUnsafe(ref target, (nuint)(length + run - at));
            }

            length += place - at;
            if (place >= encoded.Length)
            {
                return length;
            }

            byte letter = _padded[place];
            at = place + 1;
            if (letter == (byte)'+')
            {
                letter = isRaw ? letter : (byte)' ';
            }
            else if (LetterOf(_padded[at], _padded[at + 1]) is >= 0 and int code)
            {
                letter = (byte)code;
                at += 2;
            }

            _text[length++] = letter;
        }
    }
}
