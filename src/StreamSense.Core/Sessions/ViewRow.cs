using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>All that is remembered of one view; times and durations in microseconds, <see cref="Absent.Time"/> for "not known".</summary>
internal struct ViewRow
{
    public const int UnknownKbps = -1;
    public const int NormalRate = 1_000_000;

    // What nearly every event of a playing view touches comes first: these are the cache lines that are fetched ahead.

    /// <summary>The time of the last event; never runs backwards. Of an ended view, its end.</summary>
    public long Last;
    public ViewFlags Flags;
    public int RateMillionths;

    /// <summary>The last playhead that any event carried.</summary>
    public long Playhead;

    /// <summary>Where the run of content that is being played began, and where it has got to; see <see cref="WatchedContent"/>.</summary>
    public long Position;
    public long RangeFrom;

    /// <summary>The end of the play time that waits to be told, and until when it may wait; see <see cref="PlayRuns"/>.</summary>
    public long RunEnd;
    public long RunUntil;

    /// <summary>The latest heartbeat interval.</summary>
    public long Interval;
    public DeviceId Device;
    public ViewerId Viewer;
    public VisitId Visit;
    public HouseholdId Household;

    /// <summary>The dimensions in force that numbers are grouped by; the source; and what the last event itself said.</summary>
    public ViewDimensions Dimensions;
    public ContextId Said;
    public Symbol Source;
    public bool InPlayerIndex;

    /// <summary>Where the open break or ad lies in the content.</summary>
    public AdPlacement AdPlacement;
    public int VideoKbps;
    public int AudioKbps;

    // From here on only some events look.
    public long RunStart;

    /// <summary>The groups of <see cref="Dimensions"/>.</summary>
    public ViewGroups Groups;

    /// <summary>Where the time lies that is not yet decided, in a <see cref="PendingPool"/>; 0 if there is none.</summary>
    public int Pending;
    public int Stalls;

    /// <summary>Sums of this view so far, without the run that waits.</summary>
    public ViewTimes Times;
    public int BitrateSwitches;
    public int Seeks;
    public int Pauses;
    public int AdBreaks;
    public int Ads;

    /// <summary>The finished runs of content, in a <see cref="ChainPool{T}"/>, and how many they are.</summary>
    public int Watched;
    public int WatchedCount;

    /// <summary>The version of the session's record; 0 before the first.</summary>
    public int Version;

    /// <summary>The last time that a seek began or ended; 0 before the first.</summary>
    public long LastSeek;

    /// <summary>When the open buffering began, and how long its event said that it lasts.</summary>
    public long BufferStart;
    public long BufferDuration;
    public ViewId View;
    public RequestId Request;

    /// <summary>The dimensions in force, each the latest that an event named.</summary>
    public ContextId Context;

    /// <summary>The groups at the first content frame: where the view is counted as a concurrent play.</summary>
    public ViewGroups PlayGroups;

    /// <summary>The time of the request that made it an attempt.</summary>
    public long RequestTime;

    /// <summary>When it became an attempt, and when it showed its first content frame.</summary>
    public long AttemptTime;
    public long FirstFrameTime;

    public long Startup;
    public long ContentStartup;

    /// <summary>What the record of the session says of the title.</summary>
    public long TitleDuration;
    public Symbol TitleEdit;

    /// <summary>Why it ended.</summary>
    public EndReason Reason;

    /// <summary>The view's place among those of its player, in <see cref="PlayerIndex"/>.</summary>
    public int PreviousOfPlayer;
    public int NextOfPlayer;

    public readonly ViewState State => Flags switch
    {
        var f when (f & ViewFlags.Ended) != 0 => ViewState.Ended,
        var f when (f & (ViewFlags.BreakOpen | ViewFlags.AdOpen)) != 0 => ViewState.Ad,
        var f when (f & ViewFlags.Paused) != 0 => ViewState.Paused,
        var f when (f & ViewFlags.Started) == 0 => ViewState.Starting,
        var f when (f & ViewFlags.SeekOpen) != 0 => ViewState.Seeking,
        var f when (f & ViewFlags.BufferOpen) == 0 => ViewState.Playing,
        var f when (f & ViewFlags.BufferStalls) != 0 => ViewState.Rebuffering,
        _ => ViewState.Seeking,
    };

    /// <summary>Video and audio in force, or <see cref="UnknownKbps"/>.</summary>
    public readonly long Kbps =>
        VideoKbps < 0 && AudioKbps < 0 ? UnknownKbps : (long)Math.Max(0, VideoKbps) + Math.Max(0, AudioKbps);

    /// <summary>The playhead that the last event itself carried.</summary>
    public readonly long LastPlayhead => Has(ViewFlags.LastHadPlayhead) ? Playhead : Absent.Time;

    /// <summary>Play time that is not in <see cref="Times"/> yet.</summary>
    public readonly long Waiting => RunEnd - RunStart;

    public readonly bool Has(ViewFlags flag) => (Flags & flag) != 0;

    public void Set(ViewFlags flag) => Flags |= flag;

    public void Clear(ViewFlags flag) => Flags &= ~flag;

    /// <summary>Makes the row that of a view of which nothing is known yet.</summary>
    public void Open(ViewId view, long time)
    {
        this = default;
        View = view;
        Last = time;
        Playhead = Absent.Time;
        Position = Absent.Time;
        RangeFrom = Absent.Time;
        RunUntil = PlayRuns.Never;
        RequestTime = Absent.Time;
        Interval = Absent.Time;
        BufferDuration = Absent.Time;
        Startup = Absent.Time;
        ContentStartup = Absent.Time;
        VideoKbps = UnknownKbps;
        AudioKbps = UnknownKbps;
        RateMillionths = NormalRate;
    }
}
