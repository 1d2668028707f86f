using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Sessions;

/// <summary>Ends a view: closes what is open, names the outcome, and keeps the row so that later events change nothing.</summary>
internal sealed class ViewCloser(
    ViewTable table,
    ViewLists lists,
    PlayerIndex players,
    StallLedger ledger,
    IntervalCredit credit,
    WatchedContent watched,
    ISessionObserver observer,
    FactOutbox facts,
    TitleTable titles,
    IPlaybackSessionConsumer? sessions,
    ISessionTrace? trace)
{
    /// <summary>Ends an open view at an instant not before its last event.</summary>
    public void Close(int row, long time, EndReason reason, ViewNote cause, bool business = false) =>
        Close(row, time, reason, cause, business, bySilence: false);

    /// <summary>Ends an open view at its last event: it has been silent too long, or nothing more can come of it.</summary>
    public void CloseSilent(int row, ViewNote cause) =>
        Close(row, table[row].Last, EndReason.Timeout, cause, business: false, bySilence: true);

    private void Close(int row, long time, EndReason reason, ViewNote cause, bool business, bool bySilence)
    {
        ref ViewRow view = ref table[row];
        trace?.OnEnd(view, new EventTime(time), cause);
        credit.Credit(ref view, time, Absent.Time);
        view.Last = time;
        ledger.CloseOtherwise(ref view);
        ledger.Drop(ref view);
        players.Remove(row);
        if (view.Has(ViewFlags.Attempted))
        {
            var at = new EventTime(time);
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
            facts.Add(view, ViewFactKind.Ended, at, reason);
            if (sessions is not null)
            {
                ReadOnlySpan<WatchedRange> played = watched.Look(view);
                sessions.Add(SessionOf(view, outcome, reason, bySilence, played), played);
            }
        }

        watched.Forget(ref view);
        view.Set(ViewFlags.Ended);
        lists.MoveToEnd(row, ViewListKind.Ended);
        trace?.OnApplied(view);
    }

    private PlaybackSession SessionOf(
        in ViewRow view, ViewOutcome outcome, EndReason reason, bool bySilence, ReadOnlySpan<WatchedRange> played)
    {
        titles.TryGet(view.Dimensions.Title, new EventTime(view.AttemptTime), out TitleFacts title);
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
            Edit = title.Edit,
            Attempted = new EventTime(view.AttemptTime),
            FirstFrame = new EventTime(view.FirstFrameTime),
            Ended = new EventTime(view.Last),
            Times = view.Times,
            StartupMicroseconds = view.Startup,
            ContentStartupMicroseconds = view.ContentStartup,
            WatchedContentMicroseconds = watched.DistinctOf(played, title.DurationMicroseconds),
            DurationMicroseconds = title.DurationMicroseconds,
            PlayheadMicroseconds = view.Playhead,
            Stalls = view.Stalls,
            BitrateSwitches = view.BitrateSwitches,
            Seeks = view.Seeks,
            Pauses = view.Pauses,
            AdBreaks = view.AdBreaks,
            Ads = view.Ads,
            Version = 1,
            Outcome = outcome,
            Reason = reason,
            BySilence = bySilence,
            Autoplay = view.Has(ViewFlags.Autoplay),
            Live = view.Has(ViewFlags.Live) || title.Type == TitleType.Live,
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
