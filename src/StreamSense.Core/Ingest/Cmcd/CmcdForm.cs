namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The form in which CMCD came.</summary>
public enum CmcdForm : byte
{
    /// <summary>A query argument: a line is a value, <c>CMCD=…</c>, a query or a whole URL.</summary>
    Query = 0,

    /// <summary>The four request headers: blocks of header lines with an empty line between two, or one object a line.</summary>
    Headers = 1,

    /// <summary>Event mode: a record a line.</summary>
    Events = 2,
}
