using System.Buffers.Text;
using System.Text;

namespace StreamSense.Ml.Models.Import;

/// <summary>Goes through lines of the form <c>key=value value ...</c> and knows where it is.</summary>
internal ref struct KeyValueLines
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts before the first line.</summary>
    public KeyValueLines(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>The number of the line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line without blanks around it.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>What stands before the first <c>=</c>; the whole line if there is none.</summary>
    public readonly ReadOnlySpan<byte> Key => Line.IndexOf((byte)'=') is >= 0 and int at ? Line[..at] : Line;

    /// <summary>What stands behind it; empty if there is none.</summary>
    public readonly ReadOnlySpan<byte> Value => Line.IndexOf((byte)'=') is >= 0 and int at ? Line[(at + 1)..] : default;

    /// <summary>Goes to the next line that is not empty.</summary>
    /// <returns>False, and an empty line, at the end.</returns>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOf((byte)'\n');
            Line = (end < 0 ? _rest : _rest[..end]).Trim(" \t\r"u8);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            Number++;
            if (!Line.IsEmpty)
            {
                return true;
            }
        }

        Line = default;
        return false;
    }

    /// <summary>The value as one whole number.</summary>
    public readonly int Int32()
    {
        int[] all = Int32s();
        return all.Length == 1 ? all[0] : throw Malformed("one whole number was expected");
    }

    /// <summary>The value as whole numbers.</summary>
    public readonly int[] Int32s()
    {
        var numbers = new List<int>();
        ReadOnlySpan<byte> rest = Value;
        while (Token(ref rest, out ReadOnlySpan<byte> token))
        {
            numbers.Add(Utf8Parser.TryParse(token, out int number, out int read) && read == token.Length
                ? number
                : throw Malformed($"'{Text(token)}' is no whole number"));
        }

        return [.. numbers];
    }

    /// <summary>The value as whole numbers of 32 bits without a sign.</summary>
    public readonly uint[] UInt32s()
    {
        var numbers = new List<uint>();
        ReadOnlySpan<byte> rest = Value;
        while (Token(ref rest, out ReadOnlySpan<byte> token))
        {
            numbers.Add(Utf8Parser.TryParse(token, out uint number, out int read) && read == token.Length
                ? number
                : throw Malformed($"'{Text(token)}' is no set of categories"));
        }

        return [.. numbers];
    }

    /// <summary>The value as numbers.</summary>
    /// <param name="infinite">Whether <c>inf</c> and <c>-inf</c> are among them; else all are finite.</param>
    public readonly double[] Doubles(bool infinite = false)
    {
        var numbers = new List<double>();
        ReadOnlySpan<byte> rest = Value;
        while (Token(ref rest, out ReadOnlySpan<byte> token))
        {
            if (infinite && token.EndsWith("inf"u8) && (token.Length == 3 || token.SequenceEqual("-inf"u8)))
            {
                numbers.Add(token.Length == 3 ? double.PositiveInfinity : double.NegativeInfinity);
                continue;
            }

            bool read = Utf8Parser.TryParse(token, out double number, out int length) && length == token.Length;
            numbers.Add(read && double.IsFinite(number) ? number : throw Malformed($"'{Text(token)}' is no finite number"));
        }

        return [.. numbers];
    }

    /// <summary>The value as words.</summary>
    public readonly string[] Words()
    {
        var words = new List<string>();
        ReadOnlySpan<byte> rest = Value;
        while (Token(ref rest, out ReadOnlySpan<byte> token))
        {
            words.Add(Encoding.UTF8.GetString(token));
        }

        return [.. words];
    }

    /// <summary>What to throw at this line.</summary>
    public readonly ModelFormatException Malformed(string why) => new($"Line {Number}: {why}.");

    private static bool Token(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> token)
    {
        rest = rest.TrimStart(" \t"u8);
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return !token.IsEmpty;
    }

    private static string Text(ReadOnlySpan<byte> token) => Encoding.UTF8.GetString(token[..Math.Min(token.Length, 40)]);
}
