using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What is remembered of one playback session, so that the levels that CMCD reports become changes.</summary>
/// <remarks>A value: a mapping works on a copy, which replaces the original only when its events have found room.</remarks>
internal struct CmcdSession
{
    /// <summary>The view of the current run of record numbers.</summary>
    public ViewId View;

    /// <summary>The content's title: the first <c>cid</c>, until the player says that the content changed.</summary>
    public TitleId Title;

    /// <summary>The time of the last event: times of one session never run backwards.</summary>
    public long LastTime;

    /// <summary>The highest <c>ts</c> seen.</summary>
    public long LastStamp;

    /// <summary>The record number that is due.</summary>
    public long NextNumber;

    /// <summary>The sequence number of the next event.</summary>
    public uint NextSequence;

    /// <summary>How often the player began to number anew.</summary>
    public int Run;

    /// <summary>The last <c>sta</c>; 0 if none came yet.</summary>
    public byte State;

    public bool IsRequested;
    public bool IsPreloaded;
    public bool IsStarted;
    public bool IsSeeking;
    public bool IsPaused;
    public bool IsEnded;

    /// <summary>Why the player waits for data; none if it does not.</summary>
    public BufferReason Buffering;
}
