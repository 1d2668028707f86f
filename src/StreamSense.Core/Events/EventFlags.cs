namespace StreamSense.Core.Events;

/// <summary>What of the envelope is given, and how the event travels.</summary>
[Flags]
public enum EventFlags : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary><see cref="StreamEvent.Sequence"/> is given.</summary>
    HasSequence = 1,

    /// <summary>The sender gave an id of its own.</summary>
    HasId = 2,

    /// <summary>The payload carries a weight other than 1.</summary>
    Weighted = 4,

    /// <summary>A copy sent to the other shards: of a playback request, so that they can end the views it supersedes, of a login, logout
    /// or profile, so that they know whose events are; never counted, stored or shown to a feature.</summary>
    Broadcast = 8,

    /// <summary>Read back from what the pipeline itself wrote: already ordered, admitted and pseudonymised.</summary>
    Replayed = 16,

    /// <summary>The second or a later event of one input record: totals, which count records, do not count it.</summary>
    Derived = 32,

    /// <summary>The sender said when it sent the event and it is known when it was received: its clock is corrected, and nothing else
    /// may correct it.</summary>
    ClockKnown = 64,
}
