namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What a canonical member holds, and with it how a text of a source is read for it.</summary>
internal enum MemberType : byte
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text that identifies something, and so belongs to an id space.</summary>
    Id,

    /// <summary>A number without a unit.</summary>
    Number,

    /// <summary>A share, 0 to 1 (or -1 to 1).</summary>
    Ratio,

    /// <summary>A share, 0 to 100.</summary>
    Percent,

    /// <summary>An amount of money.</summary>
    Amount,

    /// <summary>A duration or a position, in milliseconds.</summary>
    Milliseconds,

    /// <summary>A bit rate in kbit/s.</summary>
    Kbps,

    /// <summary>A size in bytes.</summary>
    Bytes,

    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>An object.</summary>
    Object,

    /// <summary>The scale of a rating.</summary>
    Scale,

    /// <summary>In an object of free members: as the source has it.</summary>
    Free,
}
