namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The type of a CMCD value, as RFC 8941 writes it.</summary>
public enum CmcdType : byte
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>True: a bare key, or <c>?1</c>.</summary>
    Truth = 1,

    /// <summary>False: <c>?0</c>.</summary>
    Falsehood = 2,

    /// <summary>An integer or a decimal.</summary>
    Number = 3,

    /// <summary>A text in quotes.</summary>
    Text = 4,

    /// <summary>A word without quotes.</summary>
    Token = 5,

    /// <summary>Bytes in base64, between colons.</summary>
    Bytes = 6,

    /// <summary>A list in brackets.</summary>
    List = 7,

    /// <summary>A date: seconds since 1970 after an <c>@</c> (RFC 9651).</summary>
    Date = 8,
}
