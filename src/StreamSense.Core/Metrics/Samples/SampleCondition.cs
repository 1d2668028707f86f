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
}
