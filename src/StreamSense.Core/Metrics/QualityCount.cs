namespace StreamSense.Core.Metrics;

/// <summary>The counts among the sums of a cell.</summary>
internal enum QualityCount
{
    Attempts = 0,
    Plays = 1,

    /// <summary>Open attempts without a content frame yet; only snapshots have it.</summary>
    StillStarting = 2,

    ExitsBeforeStart = 3,
    ExitsInPreroll = 4,
    StartFailures = 5,
    StartDenials = 6,
    PlaybackFailures = 7,
    Stalls = 8,
    StalledPlays = 9,
    BitrateSwitches = 10,

    /// <summary>Plays that ended, and what they came to.</summary>
    EndedPlays = 11,
    Bounces = 12,
    CompletablePlays = 13,
    Completions = 14,

    /// <summary>How many there are.</summary>
    End = 15,
}
