namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>How a plain value of a member becomes a part of an event of some kind.</summary>
internal enum MemberRule : byte
{
    /// <summary>The kind has no place for it, and does not look at it.</summary>
    Ignored,

    /// <summary>The schema has no such member yet: a later release knows it.</summary>
    Later,

    /// <summary>It needs the general way.</summary>
    General,

    // Of the envelope.
    Sequence, Id, Title, Sent, Received,

    // Of the payload: milliseconds from 0, or signed, as microseconds; an instant.
    Duration, Position, Instant,

    // Numbers: whole, rounded, and in millionths.
    Whole, Rounded, RoundedSigned, RoundedLong, Millionths, MillionthsLong,

    // Fractions of one, of minus one to one, and percents; the value of a rating.
    Share, SignedShare, Percent, Score,

    // The rest by what it becomes.
    Choice, Truth, Term, Surface, Request, Other, Weight, Status, CacheStatus, StartupMark, StarvedMark, ObjectType, Scale,

    // The first and the second text that the kind keeps in the annex.
    FirstText, SecondText,
}
