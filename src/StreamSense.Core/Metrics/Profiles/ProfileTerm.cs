namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A sum over closed sessions that definitions of quality are made of: the parts in which they differ are apart.</summary>
/// <remarks>The times of states are exclusive, and so are the outcomes: a definition is the list of those that it counts.</remarks>
public enum ProfileTerm
{
    /// <summary>Sessions.</summary>
    Attempts,

    /// <summary>Sessions with a content frame.</summary>
    Plays,

    /// <summary>Sessions that ended before a content frame by a fatal error that was not of business.</summary>
    StartFailures,

    /// <summary>Sessions that ended before a content frame by a fatal error of business.</summary>
    StartDenials,

    /// <summary>Sessions that ended before a content frame otherwise, and before an ad.</summary>
    ExitsBeforeStart,

    /// <summary>The part of <see cref="ExitsBeforeStart"/> that waited less than a second.</summary>
    QuickExits,

    /// <summary>Sessions that ended before a content frame otherwise, after an ad had started.</summary>
    ExitsInPreroll,

    /// <summary>Plays that ended by a fatal error.</summary>
    PlaybackFailures,

    /// <summary>Plays that ended at the end of the content, by the player's own word.</summary>
    CompletedPlays,

    /// <summary>Stalls.</summary>
    Stalls,

    /// <summary>Plays that had a stall.</summary>
    StalledPlays,

    /// <summary>Seeks.</summary>
    Seeks,

    /// <summary>Pauses.</summary>
    Pauses,

    /// <summary>Sessions whose times to the first frame and to the first content frame are both known.</summary>
    TimedStarts,

    /// <summary>Sessions of which only the time to an ad's frame is known.</summary>
    StartsTimedToAdOnly,

    /// <summary>Sessions of which only the time to the content frame is known.</summary>
    StartsTimedToContentOnly,

    /// <summary>Time starting of sessions that came to a content frame.</summary>
    StartingOfPlays,

    /// <summary>Time starting of sessions that never came to a content frame.</summary>
    StartingInVain,

    /// <summary>Time playing.</summary>
    Playing,

    /// <summary>Time stalled.</summary>
    Rebuffering,

    /// <summary>Time seeking, buffering after a seek among it.</summary>
    Seeking,

    /// <summary>Time paused.</summary>
    Paused,

    /// <summary>Time in ads and their breaks.</summary>
    Ad,

    /// <summary>Silence that no rule credits to a state.</summary>
    Unknown,

    /// <summary>Time from request to first frame of <see cref="TimedStarts"/>.</summary>
    Startup,

    /// <summary>Time to the content frame, ads apart, less time to the first frame, of <see cref="TimedStarts"/>.</summary>
    StartupAfterAd,

    /// <summary>Time from request to an ad's first frame of <see cref="StartsTimedToAdOnly"/>.</summary>
    StartupToAdOnly,

    /// <summary>Time from request to the content frame, ads apart, of <see cref="StartsTimedToContentOnly"/>.</summary>
    StartupToContentOnly,

    /// <summary>Time playing × rate at known bitrate.</summary>
    MediaTime,

    /// <summary>Bitrate × <see cref="MediaTime"/>.</summary>
    BitrateTime,

    /// <summary>Points of the sessions for how fast they started (Mux).</summary>
    StartupPoints,

    /// <summary>Points of the plays for how smoothly they went (Mux).</summary>
    SmoothnessPoints,
}
