namespace StreamSense.Core.Ingest;

/// <summary>Why an input record did not become an event. The text form is the member's name.</summary>
public enum RejectReason : byte
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>The record breaks its format's syntax, or was cut in the middle.</summary>
    Malformed = 1,

    /// <summary>The record, a text or an array in it is larger than the limit.</summary>
    TooLarge = 2,

    /// <summary>The bytes are no UTF-8.</summary>
    InvalidUtf8 = 3,

    /// <summary>A field stands twice in the record.</summary>
    DuplicateField = 4,

    /// <summary>The schema has no such kind.</summary>
    UnknownKind = 5,

    /// <summary>The record is of a schema version that this release does not know.</summary>
    UnsupportedVersion = 6,

    /// <summary>A field that the kind requires is missing.</summary>
    MissingField = 7,

    /// <summary>A field has the wrong type, or a value out of its range.</summary>
    InvalidValue = 8,

    /// <summary>A time lies before 1990, after 2100, or more than 24 hours after the event was received.</summary>
    TimeOutOfRange = 9,

    /// <summary>The purposes granted do not include measurement.</summary>
    NoConsent = 10,

    /// <summary>The pipeline had no room; the sender may try again.</summary>
    Full = 11,

    /// <summary>A rule left the record out: a drop rule of a mapping, or a policy of the host.</summary>
    Excluded = 12,

    /// <summary>
    /// The event came too far behind its source's watermark. Only <see cref="FailedEvents"/> know this reason: totals count such
    /// records as late, not as rejected.
    /// </summary>
    Late = 13,
}
