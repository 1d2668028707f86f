using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>One attempt to watch a title, from its request to its end: what is known of it when it has closed.</summary>
/// <remarks>
/// Times are corrected event times; durations are microseconds of exclusive states, so that they add up to the time that was credited.
/// Views that only preloaded make none. A session that is corrected by late events comes again with the next
/// <see cref="Version"/>.
/// </remarks>
public struct PlaybackSession
{
    /// <summary>The view.</summary>
    public ViewId View;

    /// <summary>The viewer, as far as known.</summary>
    public ViewerId Viewer;

    /// <summary>The household, as far as known.</summary>
    public HouseholdId Household;

    /// <summary>The device, as far as known.</summary>
    public DeviceId Device;

    /// <summary>The visit, as far as known.</summary>
    public VisitId Visit;

    /// <summary>The title: the first one that the view named.</summary>
    public TitleId Title;

    /// <summary>The ranking request that led to the view, as far as known.</summary>
    public RequestId Request;

    /// <summary>The dimensions in force at the end, such as app and network: each the latest that an event of the view named.</summary>
    public ContextId Context;

    /// <summary>The CDN in force at the end.</summary>
    public Symbol Cdn;

    /// <summary>The country in force at the end, in <see cref="Vocabulary.Countries"/>.</summary>
    public Symbol Country;

    /// <summary>The kind of device in force at the end, in <see cref="Vocabulary.DeviceKinds"/>.</summary>
    public Symbol DeviceKind;

    /// <summary>The version of the title's cut when the attempt began, in <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Edit;

    /// <summary>When it became an attempt: its request, or its first frame where none was seen.</summary>
    public EventTime Attempted;

    /// <summary>When the first content frame was shown; meaningful only if <see cref="IsPlay"/>.</summary>
    public EventTime FirstFrame;

    /// <summary>When it ended.</summary>
    public EventTime Ended;

    /// <summary>What the durations of its states add up to.</summary>
    public ViewTimes Times;

    /// <summary>From the request to the first frame of ad or content, or <see cref="Absent.Time"/>.</summary>
    public long StartupMicroseconds;

    /// <summary>From the request to the first content frame, ads apart, or <see cref="Absent.Time"/>.</summary>
    public long ContentStartupMicroseconds;

    /// <summary>Distinct content that was played, cut to <see cref="DurationMicroseconds"/> where that is known.</summary>
    public long WatchedContentMicroseconds;

    /// <summary>The length of the title when the attempt began, or <see cref="Absent.Time"/>.</summary>
    public long DurationMicroseconds;

    /// <summary>The last playhead, as far as known, else <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>Bufferings that were stalls.</summary>
    public int Stalls;

    /// <summary>Changes of the video bitrate while playing.</summary>
    public int BitrateSwitches;

    /// <summary>Seeks that were begun; those that follow within 2 seconds of one another are one.</summary>
    public int Seeks;

    /// <summary>Pauses that were begun.</summary>
    public int Pauses;

    /// <summary>Breaks that were begun, and ads that stood in none.</summary>
    public int AdBreaks;

    /// <summary>Ads that were begun.</summary>
    public int Ads;

    /// <summary>1 for the first record of the view, one more for each correction.</summary>
    public int Version;

    /// <summary>What became of it.</summary>
    public ViewOutcome Outcome;

    /// <summary>Why it ended.</summary>
    public EndReason Reason;

    /// <summary>Whether nothing but silence, or a full table, ended it.</summary>
    public bool BySilence;

    /// <summary>Whether the player was asked to start without the viewer's doing.</summary>
    public bool Autoplay;

    /// <summary>Whether it was of a live stream, by the view's own word or the catalogue's.</summary>
    public bool Live;

    /// <summary>Whether it was sent to the background before its first content frame.</summary>
    public bool JoinedInBackground;

    /// <summary>Whether it had a content frame.</summary>
    public readonly bool IsPlay => Outcome is ViewOutcome.Played or ViewOutcome.PlaybackFailure;

    /// <summary>Whether its content has a length of its own that can be watched to the end.</summary>
    public readonly bool IsCompletable => IsPlay && !Live && DurationMicroseconds != Absent.Time;
}
