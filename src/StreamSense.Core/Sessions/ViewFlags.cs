namespace StreamSense.Core.Sessions;

/// <summary>What is open or known of a view; <see cref="ViewRow.State"/> follows from it.</summary>
[Flags]
internal enum ViewFlags
{
    None = 0,
    Ended = 1 << 0,
    BreakOpen = 1 << 1,
    AdOpen = 1 << 2,
    Paused = 1 << 3,
    SeekOpen = 1 << 4,
    BufferOpen = 1 << 5,

    /// <summary>The open buffering began while playing, and nothing has made it part of a seek or an ad.</summary>
    BufferStalls = 1 << 6,

    /// <summary>The content frame was shown.</summary>
    Started = 1 << 7,

    /// <summary>Requested without preload, or seen playing.</summary>
    Attempted = 1 << 8,

    /// <summary>A request without preload was seen; a second one changes nothing.</summary>
    Requested = 1 << 9,

    Background = 1 << 10,

    HeartbeatSeen = 1 << 11,

    /// <summary>An ad was started: the first frame of the view may have been the ad's.</summary>
    AdSeen = 1 << 12,

    /// <summary>A seek, a pause or the background came between request and first frame: no startup time.</summary>
    StartupSpoiled = 1 << 13,

    /// <summary>The view had a stall that counted.</summary>
    Stalled = 1 << 14,

    Live = 1 << 15,

    /// <summary>The first content frame came before any request.</summary>
    StartedUnrequested = 1 << 16,

    /// <summary>The request said that the player starts by itself.</summary>
    Autoplay = 1 << 17,

    /// <summary>It was in the background before its first content frame.</summary>
    BackgroundJoin = 1 << 18,

    /// <summary>No playhead is known yet: the position counts from 0.</summary>
    PositionAssumed = 1 << 19,

    /// <summary>The catalogue was asked whether the title is live, when the view first played without a playhead.</summary>
    CatalogueAsked = 1 << 20,

    /// <summary>It said yes.</summary>
    CatalogueSaysLive = 1 << 21,

    /// <summary>The session's record says that the title is live.</summary>
    LiveTitle = 1 << 22,

    /// <summary>The fact that it ended was told; nothing follows it.</summary>
    EndTold = 1 << 23,

    /// <summary>The last event itself carried a playhead.</summary>
    LastHadPlayhead = 1 << 24,

    /// <summary>Its groups are known.</summary>
    Noted = 1 << 25,
}
