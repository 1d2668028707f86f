using StreamSense.Core.Events;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions.Amendments;

/// <summary>
/// Puts an event that comes late in its place: takes back what its view has added since a copy of its row, and adds what it adds with the
/// event among the others.
/// </summary>
/// <remarks>
/// The shard's thread only. What is taken back and what is added is worked out by the state machine itself, on a row that stands in
/// no table.
/// </remarks>
internal sealed class ViewAmendments(
    SessionLimits limits,
    ViewTable table,
    PlayerIndex players,
    ViewMachine machine,
    PlayRuns runs,
    ViewCloser closer,
    StallLedger ledger,
    WatchedContent watched,
    FactOutbox facts,
    ISessionObserver observer,
    ContextTable contexts)
{
    private readonly ViewHistory _history = new(limits, ledger, watched);
    private readonly StreamEvent[] _events = new StreamEvent[(2 * ViewHistory.MaxEvents) + 1];
    private readonly Queue<EndedView> _ended = new();

    /// <summary>How many late events were put in their place.</summary>
    public long Amended { get; private set; }

    /// <summary>How many late events applied where their view had got to: its past was no longer kept.</summary>
    public long Unamended { get; private set; }

    /// <summary>How often a view lost a part of its history for want of room.</summary>
    public long Shortened => _history.Shortened;

    /// <summary>The memory of the histories, the rows of the views apart.</summary>
    public long Bytes => _history.Bytes;

    /// <summary>A view has come that has no history yet.</summary>
    public void Open(int row) => _history.Open(row);

    /// <summary>Whether the past of a view is kept, so that it may still change.</summary>
    public bool Keeps(int row) => _history[row].IsKept;

    /// <summary>Whether an event comes after all that is kept of a view.</summary>
    public bool IsBehindAll(int row, in StreamEvent e)
    {
        ref ViewTrail trail = ref _history[row];
        return trail.Count == 0 || !HistoryOrder.Of(e).IsBefore(trail.Last, contexts);
    }

    /// <summary>A view is forgotten.</summary>
    public void Forget(int row) => _history.Release(row);

    /// <summary>A view has ended: its history is kept for one window more.</summary>
    public void NoteEnd(int row, in ViewRow view)
    {
        _ended.Enqueue(new EndedView(row, view.View, view.Last));
        if (_ended.Count > limits.MaxViews)
        {
            ReleaseOldest(long.MaxValue);
        }
    }

    /// <summary>Gives up the histories of views that ended more than a window before an instant.</summary>
    public void ReleaseEnded(long now)
    {
        while (_ended.TryPeek(out EndedView oldest) && oldest.End < now - limits.History)
        {
            ReleaseOldest(now);
        }
    }

    /// <summary>Takes an event: one that is behind all others of its view is kept, a late one is put in its place.</summary>
    /// <param name="row">The view's number.</param>
    /// <param name="view">The view; if the event was put in its place, as it is after that.</param>
    /// <param name="e">The event, or a request of another view that supersedes this one, marked as a broadcast.</param>
    /// <returns>Whether it was put in its place; if not, it is yet to be applied.</returns>
    public bool TryPlace(int row, ref ViewRow view, in StreamEvent e)
    {
        ref ViewTrail trail = ref _history[row];
        if (!trail.IsKept || IsBehindAll(row, e))
        {
            _history.Append(row, view, e);
            return false;
        }

        int count = _history.Load(trail, _events);
        int place = PlaceOf(e, count);

        // Before the first event that is kept there may have been others.
        bool isBeforeAll = place == 0 && trail.OldRow != 0;
        if (isBeforeAll || (trail.HasNew && trail.OldCount == ViewHistory.MaxEvents && place < trail.OldCount))
        {
            Unamended++;
            if (!view.Has(ViewFlags.Ended))
            {
                // What has ended is not changed by it: there it would only hide which events are late.
                _history.Append(row, view, e);
            }

            return false;
        }

        if (trail.NewCount == ViewHistory.MaxEvents && place >= trail.OldCount)
        {
            int dropped = _history.DropOld(ref trail);
            _events.AsSpan(dropped, count - dropped).CopyTo(_events);
            place -= dropped;
            count -= dropped;
        }

        Amended++;
        if (!TryAmend(ref trail, ref view, e, place, count))
        {
            _history.Release(row);
        }

        return true;
    }

    private int PlaceOf(in StreamEvent e, int count)
    {
        HistoryOrder order = HistoryOrder.Of(e);
        int place = count;
        while (place > 0 && order.IsBefore(HistoryOrder.Of(_events[place - 1]), contexts))
        {
            place--;
        }

        return place;
    }

    // False if there was no room to keep the past that it has now: the view is amended all the same.
    private bool TryAmend(ref ViewTrail trail, ref ViewRow view, in StreamEvent e, int place, int count)
    {
        runs.Tell(ref view);
        bool isYoung = trail.HasNew && place >= trail.OldCount;
        int from = isYoung ? trail.OldCount : 0;
        int copy = isYoung ? trail.NewRow : trail.OldRow;
        facts.IsMuted = true;
        Retract(view, copy, from, count);
        _events.AsSpan(place, count - place).CopyTo(_events.AsSpan(place + 1));
        _events[place] = e;
        int old = OldOf(trail, isYoung, count + 1);
        bool divides = !isYoung && old <= count;
        bool kept = true;
        ViewRow amended = Start(copy, view, _events[0].Time);
        for (int i = from; i <= count; i++)
        {
            if (divides && i == old)
            {
                kept = _history.TryReplaceNewRow(ref trail, amended);
            }

            machine.Replay(ref amended, _events[i]);
        }

        facts.IsMuted = false;
        kept = kept && _history.Store(ref trail, _events.AsSpan(0, old), _events.AsSpan(old, count + 1 - old));
        Take(ref view, ref amended);
        return kept;
    }

    // How many of the events belong to the older stretch; one that would be too long is divided.
    private static int OldOf(in ViewTrail trail, bool isYoung, int count)
    {
        if (trail.HasNew)
        {
            return trail.OldCount + (isYoung ? 0 : 1);
        }

        return count > ViewHistory.MaxEvents ? count / 2 : count;
    }

    private void Retract(in ViewRow view, int copy, int from, int count)
    {
        observer.Sign = -1;
        closer.IsRetracting = true;
        ViewRow undone = Start(copy, view, _events[0].Time);
        for (int i = from; i < count; i++)
        {
            machine.Replay(ref undone, _events[i]);
        }

        // Only the clock, or the end of the input, ends a view without an entry in its history.
        if (view.Has(ViewFlags.Ended) && !undone.Has(ViewFlags.Ended))
        {
            closer.CloseSilent(ref undone, ViewNote.Silent);
        }

        runs.Tell(ref undone);
        ledger.Drop(ref undone);
        watched.Forget(ref undone);
        observer.Sign = 1;
        closer.IsRetracting = false;
    }

    // What belongs to the record and to what was told of the view is not of the past.
    private ViewRow Start(int copy, in ViewRow view, EventTime first)
    {
        const ViewFlags told = ViewFlags.CatalogueAsked | ViewFlags.CatalogueSaysLive | ViewFlags.LiveTitle | ViewFlags.EndTold;
        ViewRow row = default;
        if (copy == 0)
        {
            row.Open(view.View, first.UnixMicroseconds);
        }
        else
        {
            row = _history.RowOf(copy);
            PlayRuns.Settle(ref row);
        }

        row.Flags = (row.Flags & ~told) | (view.Flags & told);
        row.Version = view.Version;
        row.TitleDuration = view.TitleDuration;
        row.TitleEdit = view.TitleEdit;
        return row;
    }

    private void Take(ref ViewRow view, ref ViewRow amended)
    {
        bool wasAttempted = view.Has(ViewFlags.Attempted);
        bool wasStarted = view.Has(ViewFlags.Started);
        ledger.Drop(ref view);
        watched.Forget(ref view);
        amended.InPlayerIndex = view.InPlayerIndex;
        amended.PreviousOfPlayer = view.PreviousOfPlayer;
        amended.NextOfPlayer = view.NextOfPlayer;
        view = amended;
        if (!wasAttempted && view.Has(ViewFlags.Attempted))
        {
            facts.Add(view, ViewFactKind.Requested, new EventTime(view.AttemptTime));
        }

        if (!wasStarted && view.Has(ViewFlags.Started))
        {
            facts.Add(view, ViewFactKind.FirstFrame, new EventTime(view.FirstFrameTime));
        }

        if (view.Has(ViewFlags.Ended) && view.Has(ViewFlags.Attempted))
        {
            facts.AddEnd(ref view, new EventTime(view.Last), view.Reason);
        }
        else if (view.Has(ViewFlags.Started))
        {
            facts.Add(view, ViewFactKind.Progress, new EventTime(view.Last));
        }
    }

    private void ReleaseOldest(long now)
    {
        EndedView ended = _ended.Dequeue();
        ref ViewRow view = ref table[ended.Row];
        if (view.View == ended.View && view.Has(ViewFlags.Ended) && view.Last < now - limits.History)
        {
            _history.Release(ended.Row);
            players.Remove(ended.Row);
        }
    }

    private readonly record struct EndedView(int Row, ViewId View, long End);
}
