namespace StreamSense.Core.Metrics.Samples;

/// <summary>What makes a view worth looking into.</summary>
public enum SampleCondition
{
    /// <summary>A play with a stall; its figure is the time stalled.</summary>
    Stalled = 0,

    /// <summary>The longest startups; the figure is the startup time.</summary>
    SlowStart = 1,

    /// <summary>A technical error before the first frame; the figure is the time waited.</summary>
    StartFailure = 2,

    /// <summary>Given up before the first frame, in a preroll or not; the figure is the time waited.</summary>
    ExitBeforeStart = 3,

    /// <summary>A play that ended by a fatal error; the figure is the time played.</summary>
    PlaybackFailure = 4,

    /// <summary>A bounce; the figure is the time played.</summary>
    Bounce = 5,

    /// <summary>More unknown time than <see cref="SampleOptions.LongUnknownTime"/>; the figure is that time.</summary>
    LongUnknownTime = 6,

    /// <summary>Refused before the first frame by a fatal error of business; the figure is the time waited.</summary>
    StartDenial = 7,

    /// <summary>The lowest average bitrates of plays; the figure is the time played.</summary>
    LowBitrate = 8,

    /// <summary>The plays with most changes of the bitrate; the figure is the time played.</summary>
    ManyBitrateSwitches = 9,

    /// <summary>The plays that were longest in seeks and the buffering after them; the figure is that time.</summary>
    LongSeeking = 10,

    /// <summary>The attempts that were longest in ads; the figure is that time.</summary>
    LongAds = 11,

    /// <summary>A play that went on in the background; the figure is the time that it did.</summary>
    BackgroundPlay = 12,

    /// <summary>A play that was watched to the end, by the threshold of <c>completionRate</c>; the figure is the time played.</summary>
    Completion = 13,
}
