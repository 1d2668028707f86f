namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The type of a value of a CMCD record, as RFC 8941 writes it.</summary>
internal enum CmcdType : byte
{
    None,
    Truth,
    Falsehood,
    Number,
    Text,
    Token,
    Bytes,
    List,
}
