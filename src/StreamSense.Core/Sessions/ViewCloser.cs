using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Sessions;

/// <summary>Ends a view: closes what is open, names the outcome, and marks the row so that later events change nothing.</summary>
internal sealed class ViewCloser(
    PlayRuns runs,
    StallLedger ledger,
    IntervalCredit credit,
    WatchedContent watched,
    ISessionObserver observer,
    FactOutbox facts,
    TitleTable titles,
    IPlaybackSessionConsumer? sessions,
    ISessionTrace? trace)
{
    /// <summary>Whether what is told of the ends of views takes back what was told before.</summary>
    public bool IsRetracting { get; set; }

    /// <summary>Ends an open view at an instant not before its last event.</summary>
    public void Close(ref ViewRow view, long time, EndReason reason, ViewNote cause, bool business = false) =>
        Close(ref view, time, reason, cause, business, bySilence: false);

    /// <summary>Ends an open view at its last event: it has been silent too long, or nothing more can come of it.</summary>
    public void CloseSilent(ref ViewRow view, ViewNote cause) =>
        Close(ref view, view.Last, EndReason.Timeout, cause, business: false, bySilence: true);

    private void Close(ref ViewRow view, long time, EndReason reason, ViewNote cause, bool business, bool bySilence)
    {
        trace?.OnEnd(view, new EventTime(time), cause);
        credit.Credit(ref view, time, Absent.Time);
        view.Last = time;
        ledger.CloseOtherwise(ref view);
        ledger.Drop(ref view);
        runs.Tell(ref view);
        if (view.Has(ViewFlags.Attempted))
        {
            TellEnd(ref view, reason, business, bySilence);
        }

        watched.Forget(ref view);
        view.Reason = reason;
        view.Set(ViewFlags.Ended);
        trace?.OnApplied(view);
    }

    private void TellEnd(ref ViewRow view, EndReason reason, bool business, bool bySilence)
    {
        var at = new EventTime(view.Last);
        ViewOutcome outcome = OutcomeOf(view, reason, business);
        observer.OnEnd(new ViewEnding(
            at,
            view.Context,
            bySilence,
            view.Groups,
            view.PlayGroups,
            outcome,
            view.Has(ViewFlags.Stalled),
            view.Startup,
            view.ContentStartup));
        facts.AddEnd(ref view, at, reason);
        if (sessions is null)
        {
            return;
        }

        ReadOnlySpan<WatchedRange> played = watched.Look(view);
        if (IsRetracting)
        {
            sessions.Retract(SessionOf(view, outcome, reason, bySilence, played), played);
            return;
        }

        view.Version++;
        LookUpTitle(ref view);
        sessions.Add(SessionOf(view, outcome, reason, bySilence, played), played);
    }

    // What the record says of the title must be known again when it is retracted, whatever the catalogue has learned since.
    private void LookUpTitle(ref ViewRow view)
    {
        titles.TryGet(view.Dimensions.Title, new EventTime(view.AttemptTime), out TitleFacts title);
        view.TitleDuration = title.DurationMicroseconds;
        view.TitleEdit = title.Edit;
        view.Clear(ViewFlags.LiveTitle);
        if (title.Type == TitleType.Live)
        {
            view.Set(ViewFlags.LiveTitle);
        }
    }

    private PlaybackSession SessionOf(
        in ViewRow view, ViewOutcome outcome, EndReason reason, bool bySilence, ReadOnlySpan<WatchedRange> played)
    {
        return new PlaybackSession
        {
            View = view.View,
            Viewer = view.Viewer,
            Household = view.Household,
            Device = view.Device,
            Visit = view.Visit,
            Title = view.Dimensions.Title,
            Request = view.Request,
            Context = view.Context,
            Cdn = view.Dimensions.Cdn,
            Country = view.Dimensions.Country,
            DeviceKind = view.Dimensions.DeviceKind,
            Edit = view.TitleEdit,
            Attempted = new EventTime(view.AttemptTime),
            FirstFrame = new EventTime(view.FirstFrameTime),
            Ended = new EventTime(view.Last),
            Times = view.Times,
            StartupMicroseconds = view.Startup,
            ContentStartupMicroseconds = view.ContentStartup,
            WatchedContentMicroseconds = watched.DistinctOf(played, view.TitleDuration),
            DurationMicroseconds = view.TitleDuration,
            PlayheadMicroseconds = view.Playhead,
            Stalls = view.Stalls,
            BitrateSwitches = view.BitrateSwitches,
            Seeks = view.Seeks,
            Pauses = view.Pauses,
            AdBreaks = view.AdBreaks,
            Ads = view.Ads,
            Version = view.Version,
            Outcome = outcome,
            Reason = reason,
            BySilence = bySilence,
            Autoplay = view.Has(ViewFlags.Autoplay),
            Live = view.Has(ViewFlags.Live | ViewFlags.LiveTitle),
            JoinedInBackground = view.Has(ViewFlags.BackgroundJoin),
        };
    }

    private static ViewOutcome OutcomeOf(in ViewRow view, EndReason reason, bool business)
    {
        if (view.Has(ViewFlags.Started))
        {
            return reason == EndReason.Error ? ViewOutcome.PlaybackFailure : ViewOutcome.Played;
        }

        if (reason == EndReason.Error)
        {
            return business ? ViewOutcome.StartDenial : ViewOutcome.StartFailure;
        }

        return view.Has(ViewFlags.AdSeen) ? ViewOutcome.ExitInPreroll : ViewOutcome.ExitBeforeStart;
    }
}
