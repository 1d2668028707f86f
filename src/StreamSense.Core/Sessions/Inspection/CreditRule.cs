namespace StreamSense.Core.Sessions.Inspection;

/// <summary>By which rule time was credited to a state, or to none.</summary>
public enum CreditRule : byte
{
    /// <summary>All of the time since the previous event: the state has no limit.</summary>
    Elapsed = 0,

    /// <summary>All of the time since the previous event: not longer than the gap that a playing view is credited.</summary>
    WithinGap = 1,

    /// <summary>
    /// The silence was longer than the gap, and no playhead at both ends tells more: the gap is credited, the rest is unknown.
    /// </summary>
    Gap = 2,

    /// <summary>The silence was longer than the gap: the advance of the playhead ÷ rate is credited, at most the gap; the rest is
    /// unknown.</summary>
    PlayheadAdvance = 3,

    /// <summary>A buffering of at least the minimum stall that began while playing: all of it is a stall.</summary>
    Stall = 4,

    /// <summary>A buffering shorter than the minimum stall: playing.</summary>
    ShortBuffering = 5,

    /// <summary>Something else than its own event closed a buffering: what lies behind the duration that it named was playing.</summary>
    BeyondDuration = 6,

    /// <summary>The end of a buffering says that it belonged to a seek, an ad or the start.</summary>
    SeekBuffering = 7,

    /// <summary>An end without a beginning names the duration of a buffering: it reaches back at most to the previous event.</summary>
    LoneBufferEnd = 8,
}
