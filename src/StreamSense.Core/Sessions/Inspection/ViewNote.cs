namespace StreamSense.Core.Sessions.Inspection;

/// <summary>What else an event did to its view, beside the time that it credited.</summary>
public enum ViewNote : byte
{
    /// <summary>The view became an attempt.</summary>
    Attempted = 0,

    /// <summary>The first content frame was shown: the attempt became a play.</summary>
    FirstFrame = 1,

    /// <summary>A stall was counted.</summary>
    StallCounted = 2,

    /// <summary>A buffering was too short to be a stall.</summary>
    BufferingTooShort = 3,

    /// <summary>A change of the video bitrate was counted.</summary>
    BitrateSwitch = 4,

    /// <summary>A seek, a pause or the background before the first frame: there will be no startup time.</summary>
    StartupSpoiled = 5,

    /// <summary>A request after the first one changes nothing.</summary>
    RepeatedRequest = 6,

    /// <summary>The event's time is before that of the view's last event: it applies at that one's.</summary>
    TimeRanBackwards = 7,

    /// <summary>The view had ended: the event changes nothing.</summary>
    AfterEnd = 8,

    /// <summary>An event of the view itself ended it.</summary>
    Ended = 9,

    /// <summary>A request for another title on the same player ended it.</summary>
    Superseded = 10,

    /// <summary>It was silent for longer than its limit: it ended at its last event.</summary>
    Silent = 11,

    /// <summary>The table of views was full: it was closed at its last event to make room.</summary>
    Evicted = 12,

    /// <summary>The input ended: it was closed at its last event.</summary>
    InputEnded = 13,

    /// <summary>The seek goes on from the one before it, and is not counted again.</summary>
    SeekMerged = 14,
}
