namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>How the values of a member are written in a batch.</summary>
internal enum MemberForm : byte
{
    /// <summary>Of a member that this release does not know: as any value.</summary>
    Unknown,

    /// <summary>A text, or its place in the table of texts; a pseudonym as 8 bytes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text as <see cref="Text"/>; a number only as it is spelled, because a whole one is a place.</summary>
    TextOrNumber,

    /// <summary>An instant: milliseconds since 1970, a timestamp, or a text of RFC 3339.</summary>
    Time,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>The number of one of an enumeration's values, or its text.</summary>
    Choice,

    /// <summary>As <see cref="Choice"/>, or an array of two bounds.</summary>
    Scale,

    /// <summary>The bits of the purposes, or an array of their texts.</summary>
    Purposes,

    /// <summary>An array of texts, each as <see cref="Text"/>.</summary>
    Texts,

    /// <summary>An object or array: plain values.</summary>
    Tree,
}
