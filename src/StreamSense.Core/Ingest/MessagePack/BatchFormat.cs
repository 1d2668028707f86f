namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>The constants of the batch format, version 1.0; docs/concepts/wire-format.md describes it.</summary>
internal static class BatchFormat
{
    public const int Major = 1;
    public const int Minor = 0;

    /// <summary>How many elements the outermost array has: magic, major, minor, count, body, checksum.</summary>
    public const int Elements = 6;

    /// <summary>How many elements an event has at least: row, kind, time, members.</summary>
    public const int EventElements = 4;

    /// <summary>The type of an extension that carries JSON as it is spelled.</summary>
    public const sbyte JsonType = 1;

    /// <summary>More than the head of a batch, everything before its body, can take.</summary>
    public const int MaxHeadBytes = 40;

    /// <summary>The checksum at the end: a binary of four bytes.</summary>
    public const int ChecksumBytes = 6;

    /// <summary>How many texts, and how many rows, a batch has at most.</summary>
    public const int MaxTexts = 65_536;

    /// <inheritdoc cref="MaxTexts"/>
    public const int MaxRows = 16_384;

    /// <summary>The size of a pseudonym.</summary>
    public const int PseudonymBytes = sizeof(ulong);

    /// <summary>What a batch begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "SSEB"u8;
}
