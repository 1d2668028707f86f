using System.Buffers.Text;

namespace StreamSense.Core.Ingest.Json;

/// <summary>How a pseudonym is spelled in what the SDK writes: <c>~</c> and 16 hexadecimal digits.</summary>
internal static class Pseudonym
{
    /// <summary>The length of the text.</summary>
    public const int Length = 17;

    /// <summary>Reads a pseudonym's text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong bits)
    {
        bits = 0;
        return text.Length == Length
            && text[0] == (byte)'~'
            && text[1..].IndexOfAnyExcept("0123456789abcdef"u8) < 0
            && Utf8Parser.TryParse(text[1..], out bits, out int consumed, 'x')
            && consumed == Length - 1;
    }

    /// <summary>Writes a pseudonym's text.</summary>
    public static void Write(ulong bits, Span<byte> destination)
    {
        destination[0] = (byte)'~';
        Utf8Formatter.TryFormat(bits, destination[1..], out _, new System.Buffers.StandardFormat('x', 16));
    }
}
