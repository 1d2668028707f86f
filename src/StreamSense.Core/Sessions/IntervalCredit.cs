using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Credits the time between two events of a view to the state that it was in.</summary>
internal sealed class IntervalCredit(
    ISessionObserver observer, StallLedger ledger, WatchedContent watched, SessionLimits limits)
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
                long credited = GapRule.Credit(view, elapsed, playheadAtEnd, limits);
                view.Times.Unknown += elapsed - credited;
                Tell(ref view, state, view.Last, credited);
                return;
            case ViewState.Starting:
                ledger.HoldStarting(ref view, view.Last, elapsed);
                break;
            default:
                break;
        }

        Tell(ref view, state, view.Last, elapsed);
    }

    /// <summary>Credits the time until a <c>buffer_end</c> that no <c>buffer_start</c> belongs to, but that says how long it was.</summary>
    public void CreditLoneBuffering(ref ViewRow view, long until, long duration, BufferReason reason)
    {
        long elapsed = until - view.Last;
        long waited = Math.Clamp(duration, 0, elapsed);
        long start = until - waited;
        if (elapsed > waited)
        {
            long credited = Math.Min(elapsed - waited, GapRule.Gap(view, limits));
            view.Times.Unknown += elapsed - waited - credited;
            Tell(ref view, ViewState.Playing, view.Last, credited);
        }

        if (waited == 0)
        {
            return;
        }

        if (StallLedger.IsSeekLike(reason))
        {
            Tell(ref view, ViewState.Seeking, start, waited);
        }
        else
        {
            ledger.CreditClosed(ref view, start, waited);
        }
    }

    private void Tell(ref ViewRow view, ViewState state, long start, long length)
    {
        if (length <= 0)
        {
            return;
        }

        var time = new CreditedTime(
            state, start, length, view.Groups, view.Kbps, view.RateMillionths, view.Has(ViewFlags.Background));
        view.Times.Add(time);
        if (state == ViewState.Playing)
        {
            watched.Advance(ref view, length, view.RateMillionths);
        }

        observer.OnTime(time);
    }
}
