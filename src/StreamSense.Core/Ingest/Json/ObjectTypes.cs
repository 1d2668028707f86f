namespace StreamSense.Core.Ingest.Json;

/// <summary>The CMCD object types (CTA-5004-B, key <c>ot</c>) as the letters that a media request carries.</summary>
internal static class ObjectTypes
{
    /// <summary>The letter of a type; 0 if none is given, the one for "other" if nobody knows it.</summary>
    public static byte LetterOf(ReadOnlySpan<byte> text) => text switch
    {
        [] => 0,
        [var letter and ((byte)'m' or (byte)'a' or (byte)'v' or (byte)'i' or (byte)'c' or (byte)'k')] => letter,
        [(byte)'a', (byte)'v'] => (byte)'x',
        [(byte)'t', (byte)'t'] => (byte)'t',
        _ => (byte)'o',
    };

    /// <summary>The type of a letter.</summary>
    public static ReadOnlySpan<byte> TextOf(byte letter) => letter switch
    {
        (byte)'m' => "m"u8,
        (byte)'a' => "a"u8,
        (byte)'v' => "v"u8,
        (byte)'i' => "i"u8,
        (byte)'c' => "c"u8,
        (byte)'k' => "k"u8,
        (byte)'x' => "av"u8,
        (byte)'t' => "tt"u8,
        0 => default,
        _ => "o"u8,
    };
}
