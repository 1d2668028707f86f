using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>Ends a view: closes what is open, names the outcome, and keeps the row so that later events change nothing.</summary>
internal sealed class ViewCloser(
    ViewTable table,
    ViewLists lists,
    PlayerIndex players,
    StallLedger ledger,
    IntervalCredit credit,
    ISessionObserver observer,
    FactOutbox facts)
{
    /// <summary>Ends an open view at an instant not before its last event.</summary>
    public void Close(int row, long time, EndReason reason, bool business = false) =>
        Close(row, time, reason, business, bySilence: false);

    /// <summary>Ends an open view at its last event: it has been silent too long.</summary>
    public void CloseSilent(int row) => Close(row, table[row].Last, EndReason.Timeout, business: false, bySilence: true);

    private void Close(int row, long time, EndReason reason, bool business, bool bySilence)
    {
        ref ViewRow view = ref table[row];
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
                view.Dimensions,
                view.PlayDimensions,
                outcome,
                view.Has(ViewFlags.Stalled),
                view.Startup,
                view.ContentStartup));
            facts.Add(view, ViewFactKind.Ended, at, reason);
        }

        view.Set(ViewFlags.Ended);
        lists.MoveToEnd(row, ViewListKind.Ended);
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
