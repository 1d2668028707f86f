using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>Credits the time between two events of a view to the state that it was in.</summary>
internal sealed class IntervalCredit(
    ISessionObserver observer, PlayRuns runs, StallLedger ledger, WatchedContent watched, SessionLimits limits, ISessionTrace? trace)
{
    /// <summary>Credits the time from a view's last event until an instant not before it.</summary>
    /// <param name="view">The view, its flags and dimensions as they were in that time.</param>
    /// <param name="until">The instant.</param>
    /// <param name="playheadAtEnd">The playhead that the event at that instant carries.</param>
    public void Credit(ref ViewRow view, long until, long playheadAtEnd)
    {
        long elapsed = until - view.Last;
        if (elapsed <= 0 || !view.Has(ViewFlags.Attempted))
        {
            return;
        }

        ViewState state = view.State;
        switch (state)
        {
            case ViewState.Rebuffering:
                ledger.HoldRebuffering(ref view, view.Last, elapsed);
                return;
            case ViewState.Playing:
                CreditPlaying(ref view, elapsed, playheadAtEnd);
                return;
            case ViewState.Starting:
                ledger.HoldStarting(ref view, view.Last, elapsed);
                break;
            case ViewState.Ad:
                view.Times.AddAd(elapsed, view.AdPlacement, view.Has(ViewFlags.BufferOpen));
                break;
            default:
                break;
        }

        Tell(ref view, state, view.Last, elapsed, CreditRule.Elapsed, limit: 0);
    }

    /// <summary>Credits the time until a <c>buffer_end</c> that no <c>buffer_start</c> belongs to, but that says how long it was.</summary>
    public void CreditLoneBuffering(ref ViewRow view, long until, long duration, BufferReason reason)
    {
        long elapsed = until - view.Last;
        long waited = Math.Clamp(duration, 0, elapsed);
        if (elapsed > waited)
        {
            CreditPlaying(ref view, elapsed - waited, Absent.Time);
        }

        if (waited == 0)
        {
            return;
        }

        long start = until - waited;
        if (StallLedger.IsSeekLike(reason))
        {
            Tell(ref view, ViewState.Seeking, start, waited, CreditRule.LoneBufferEnd, limit: 0);
        }
        else
        {
            ledger.CreditClosed(ref view, start, waited);
        }
    }

    private void CreditPlaying(ref ViewRow view, long elapsed, long playheadAtEnd)
    {
        long credited = GapRule.Credit(view, elapsed, playheadAtEnd, limits, out CreditRule rule);
        TellPlaying(ref view, credited, rule);
        if (credited < elapsed)
        {
            view.Times.Unknown += elapsed - credited;
            trace?.OnUnknown(view, view.Last + credited, elapsed - credited, rule, GapRule.Gap(view, limits));
        }
    }

    private void Tell(ref ViewRow view, ViewState state, long start, long length, CreditRule rule, long limit)
    {
        if (length <= 0)
        {
            return;
        }

        var time = new CreditedTime(
            state, start, length, view.Groups, view.Kbps, view.RateMillionths, view.Has(ViewFlags.Background));
        view.Times.Add(time);
        trace?.OnCredit(view, time, rule, limit);
        observer.OnTime(time);
    }

    private void TellPlaying(ref ViewRow view, long length, CreditRule rule)
    {
        if (length <= 0)
        {
            return;
        }

        watched.Advance(ref view, length, view.RateMillionths);
        if (trace is not null)
        {
            var time = new CreditedTime(
                ViewState.Playing, view.Last, length, view.Groups, view.Kbps, view.RateMillionths, view.Has(ViewFlags.Background));
            trace.OnCredit(view, time, rule, GapRule.Gap(view, limits));
        }

        runs.Add(ref view, view.Last, length);
    }
}
