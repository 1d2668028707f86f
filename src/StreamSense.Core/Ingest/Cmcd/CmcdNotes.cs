namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What a lenient reader let pass that RFC 8941 forbids.</summary>
[Flags]
internal enum CmcdNotes : byte
{
    None = 0,

    /// <summary>More than 15 digits, 12 before a point or 3 after it.</summary>
    LongNumber = 1,

    /// <summary>A text with letters beyond ASCII.</summary>
    BeyondAscii = 2,

    /// <summary>A capital in the name of a custom key.</summary>
    Capital = 4,
}
