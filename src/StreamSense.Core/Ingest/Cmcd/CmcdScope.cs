namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>In which versions and modes a key may be sent.</summary>
[Flags]
internal enum CmcdScope : byte
{
    None = 0,

    /// <summary>Version 1.</summary>
    First = 1,

    /// <summary>Version 2, with a request.</summary>
    Request = 2,

    /// <summary>Version 2, in a report of an event.</summary>
    Event = 4,

    Second = Request | Event,
    All = First | Second,
}
