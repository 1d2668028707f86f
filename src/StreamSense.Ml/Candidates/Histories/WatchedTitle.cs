using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>What is remembered of one viewer and one title.</summary>
/// <remarks>Unmanaged, 32 bytes.</remarks>
public struct WatchedTitle
{
    /// <summary>The title.</summary>
    public TitleId Title;

    /// <summary>When it was last watched.</summary>
    public EventTime LastWatched;

    /// <summary>The last known playhead in microseconds; 0 if none was ever told.</summary>
    public long PlayheadMicroseconds;

    /// <summary>How far the viewer got.</summary>
    public WatchedFlags Flags;
}
