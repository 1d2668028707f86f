namespace StreamSense.Core.Diagnostics;

/// <summary>Why an event that was offered did not reach a shard.</summary>
public enum DropReason : byte
{
    /// <summary>The lane was full and the writer's mode is to drop.</summary>
    LaneFull = 0,

    /// <summary>The lane was three quarters full, and the event a heartbeat or a media request.</summary>
    Shed = 1,

    /// <summary>The event's annex was longer than a lane takes.</summary>
    AnnexTooLong = 2,

    /// <summary>The writer was returned, or the pipeline stopped, before the event was written.</summary>
    Closed = 3,

    /// <summary>The pipeline stopped before the shard took the event from its lane.</summary>
    Discarded = 4,

    /// <summary>
    /// The copy of a playback request for another shard found that shard's lane full: the event itself was written, but a view that it
    /// supersedes there ends by silence instead.
    /// </summary>
    BroadcastCopy = 5,
}
