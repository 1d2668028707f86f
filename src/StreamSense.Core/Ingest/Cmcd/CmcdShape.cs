namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What the value of a key looks like.</summary>
internal enum CmcdShape : byte
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A whole number in version 1, a list of them in version 2, each with the object type as parameter.</summary>
    Wholes,

    /// <summary>A number with a fraction.</summary>
    Fraction,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A text in version 1, a list of texts in version 2.</summary>
    Paths,

    /// <summary>One token of a few.</summary>
    Token,
}
