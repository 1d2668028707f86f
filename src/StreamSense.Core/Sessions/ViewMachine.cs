using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>The state machine of one view: what an event does to its row, whatever table the row is in.</summary>
internal sealed class ViewMachine(
    SessionLimits limits,
    ViewIdentity identity,
    WatchedContent watched,
    StallLedger ledger,
    IntervalCredit credit,
    ViewTransitions transitions,
    ViewCloser closer)
{
    /// <summary>Whether an event is a request that makes an attempt.</summary>
    public static bool IsRequest(in StreamEvent e) =>
        e.Kind == EventKind.PlaybackRequest && !e.ReadPayload<PlaybackRequestPayload>().Preload;

    /// <summary>Applies an event of an open view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="e">The event.</param>
    /// <param name="time">When it applies: not before the view's last time.</param>
    /// <returns>Whether the event ends the view; the caller does that.</returns>
    public ViewEnd Step(ref ViewRow view, in StreamEvent e, long time)
    {
        long playhead = PlayheadOf.Event(e);
        if (IsLoneBufferEnd(view, e))
        {
            ref readonly BufferPayload buffer = ref e.ReadPayload<BufferPayload>();
            credit.CreditLoneBuffering(ref view, time, buffer.DurationMicroseconds, buffer.Reason);
        }
        else
        {
            credit.Credit(ref view, time, playhead);
        }

        view.Last = time;
        if (playhead == Absent.Time)
        {
            view.Clear(ViewFlags.LastHadPlayhead);
        }
        else
        {
            view.Set(ViewFlags.LastHadPlayhead);
            view.Playhead = playhead;
        }

        identity.Note(ref view, e);
        ViewEnd end = transitions.Apply(ref view, e);
        if (end.Ends)
        {
            ledger.CloseOtherwise(ref view);
        }

        // After what the event closes: what a buffering turns out to have played was played before this playhead.
        if (playhead != Absent.Time)
        {
            watched.Correct(ref view, playhead, afterSeek: e.Kind == EventKind.SeekEnd);
        }

        return end;
    }

    /// <summary>Applies an entry of a view's history: an event of its own, or a request of another view that superseded it.</summary>
    public void Replay(ref ViewRow view, in StreamEvent e)
    {
        long time = Math.Max(e.Time.UnixMicroseconds, view.Last);
        if (!view.Has(ViewFlags.Ended) && SilenceRule.HasEndedBefore(view, time, limits))
        {
            closer.CloseSilent(ref view, ViewNote.Silent);
        }

        if (view.Has(ViewFlags.Ended))
        {
            return;
        }

        if ((e.Flags & EventFlags.Broadcast) != 0)
        {
            if (IsSuperseded(view, e) && identity.IsOfPlayer(view, e))
            {
                closer.Close(ref view, time, EndReason.Superseded, ViewNote.Superseded);
            }

            return;
        }

        ViewEnd end = Step(ref view, e, time);
        if (end.Ends)
        {
            closer.Close(ref view, time, end.Reason, ViewNote.Ended, end.Business);
        }
    }

    /// <summary>Whether a request on a view's player ends the view.</summary>
    public static bool IsSuperseded(in ViewRow view, in StreamEvent request) => IsSuperseded(view, request.View, request.Title);

    /// <summary>Whether a request for a title, in a view on the same player, ends the view.</summary>
    public static bool IsSuperseded(in ViewRow view, ViewId by, TitleId title) =>
        view.Has(ViewFlags.Attempted)
        && view.View != by
        && !view.Dimensions.Title.IsNone
        && view.Dimensions.Title != title;

    private static bool IsLoneBufferEnd(in ViewRow view, in StreamEvent e) =>
        e.Kind == EventKind.BufferEnd
        && view.State == ViewState.Playing
        && e.ReadPayload<BufferPayload>().DurationMicroseconds != Absent.Time;
}
