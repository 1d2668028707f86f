using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>What a view tells the stages that remember viewers and titles.</summary>
/// <remarks>Unmanaged; sums are those of the whole view so far, so that a later fact replaces an earlier one.</remarks>
public struct ViewFact
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

    /// <summary>The title, as far as known.</summary>
    public TitleId Title;

    /// <summary>The ranking request that led to the view, as far as known.</summary>
    public RequestId Request;

    /// <summary>When it happened.</summary>
    public EventTime Time;

    /// <summary>The last known playhead, or <see cref="Absent.Time"/>.</summary>
    public long PlayheadMicroseconds;

    /// <summary>Play time of the view so far.</summary>
    public long PlayMicroseconds;

    /// <summary>Watch time of the view so far.</summary>
    public long WatchMicroseconds;

    /// <summary>Only with <see cref="ViewFactKind.Joined"/>: from when on.</summary>
    public EventTime JoinsSince;

    /// <summary>The dimensions in force, such as country and app: each the latest that an event of the view named.</summary>
    public ContextId Context;

    /// <summary>The CDN in force.</summary>
    public Symbol Cdn;

    /// <summary>What the data may be used for, by the view's last event.</summary>
    public ConsentPurposes Consent;

    /// <summary>Why the view ended; only with <see cref="ViewFactKind.Ended"/>.</summary>
    public EndReason Reason;

    /// <summary>Which moment.</summary>
    public ViewFactKind Kind;

    /// <summary>Whether the view is of a live stream.</summary>
    public bool Live;
}
