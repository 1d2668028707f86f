namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What a MessagePack value is, whichever of its encodings was used.</summary>
public enum MessagePackType : byte
{
    /// <summary>No value: the end of the bytes, or a byte that begins none.</summary>
    None = 0,

    /// <summary>Nil.</summary>
    Nil = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,

    /// <summary>A whole number, signed or not.</summary>
    Integer = 3,

    /// <summary>A floating-point number of 32 or 64 bits.</summary>
    Float = 4,

    /// <summary>A text in UTF-8.</summary>
    Text = 5,

    /// <summary>Bytes.</summary>
    Binary = 6,

    /// <summary>A list of values.</summary>
    Array = 7,

    /// <summary>A list of pairs of values.</summary>
    Map = 8,

    /// <summary>Bytes with a type of their own; type -1 is a timestamp.</summary>
    Extension = 9,
}
