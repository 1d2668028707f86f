using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Sessions;

/// <summary>Turns the events of the views of a shard into exclusive states and their durations.</summary>
/// <remarks>
/// The shard's thread only. Events apply in the order given; the time of a view never runs backwards: an event before the view's last
/// one applies at the time of that one.
/// </remarks>
internal sealed class SessionTracker
{
    private readonly ContextTable _contexts;
    private readonly SessionLimits _limits;
    private readonly ISessionTrace? _trace;
    private readonly ViewTable _table;
    private readonly ViewLists _lists;
    private readonly PlayerIndex _players;
    private readonly ViewIdentity _identity;
    private readonly WatchedContent _watched;
    private readonly StallLedger _ledger;
    private readonly IntervalCredit _credit;
    private readonly ViewTransitions _transitions;
    private readonly ViewCloser _closer;
    private readonly FactOutbox _facts;

    public SessionTracker(
        ContextTable contexts,
        SessionOptions options,
        ISessionObserver observer,
        TitleTable titles,
        IViewFactConsumer? facts = null,
        IPlaybackSessionConsumer? sessions = null,
        ISessionTrace? trace = null)
    {
        _contexts = contexts;
        _limits = new SessionLimits(options);
        _trace = trace;
        _table = new ViewTable(_limits.MaxViews);
        _lists = new ViewLists();
        _players = new PlayerIndex(_table);
        _identity = new ViewIdentity(_table, _players, contexts, observer);
        _watched = new WatchedContent(titles, _limits.MaxWatchedChunks);
        _ledger = new StallLedger(observer, _watched, _limits, trace);
        _credit = new IntervalCredit(observer, _ledger, _watched, _limits, trace);
        _facts = new FactOutbox(facts, contexts);
        _closer = new ViewCloser(_table, _lists, _players, _ledger, _credit, _watched, observer, _facts, titles, sessions, trace);
        _transitions = new ViewTransitions(_ledger, observer, _facts, trace);
    }

    /// <summary>How many views are open, those that only preload included.</summary>
    public int OpenViews => _table.Count - _lists.Count(ViewListKind.Ended);

    /// <summary>How many open views were closed because the table was full.</summary>
    public long EvictedViews { get; private set; }

    /// <summary>How many ended views were forgotten because the table was full; a later event would open them anew.</summary>
    public long ForgottenViews { get; private set; }

    /// <summary>Fetches ahead the row of an event that comes soon, in two steps: its place in the index, then the row itself.</summary>
    public void PrefetchIndex(in StreamEvent e) => _table.PrefetchIndex(e.View);

    /// <summary>The second step, some events later.</summary>
    public void PrefetchRow(in StreamEvent e) => _table.PrefetchRow(e.View);

    /// <summary>How often a view with more jumps than there is room for gave up the order of what it played.</summary>
    public long CondensedViews => _watched.Condensed;

    /// <summary>How many runs of played content were lost, because the room that all views share was full.</summary>
    public long LostRanges => _watched.Lost;

    /// <summary>Applies the next event; one without a view changes none.</summary>
    public void Apply(in StreamEvent e)
    {
        if ((e.Flags & EventFlags.Broadcast) != 0)
        {
            if (IsRequest(e))
            {
                Supersede(e, e.Time.UnixMicroseconds);
            }

            return;
        }

        if (e.Kind == EventKind.Login)
        {
            _facts.AddJoin(e);
        }

        if (e.View.IsNone)
        {
            return;
        }

        int row = _table.Find(e.View);
        if (row == ViewTable.NoRow)
        {
            MakeRoom();
            row = _table.Add(e.View, e.Time.UnixMicroseconds);
        }

        ref ViewRow view = ref _table[row];
        long time = Math.Max(e.Time.UnixMicroseconds, view.Last);
        if (!view.Has(ViewFlags.Ended) && SilenceRule.HasEndedBefore(view, time, _limits))
        {
            _closer.CloseSilent(row, ViewNote.Silent);
        }

        _trace?.OnEvent(view, e);
        if (view.Has(ViewFlags.Ended))
        {
            _trace?.OnNote(view, ViewNote.AfterEnd);
        }
        else
        {
            Apply(row, ref view, e, time);
        }

        _trace?.OnApplied(view);
    }

    /// <summary>Hands on the facts collected so far.</summary>
    public void Flush() => _facts.Flush();

    /// <summary>
    /// Closes the views that have been silent too long by a clock that no event will be before, and forgets old ended ones.
    /// </summary>
    public void AdvanceTo(EventTime watermark)
    {
        long now = watermark.UnixMicroseconds - _limits.Lateness;
        for (ViewListKind list = ViewListKind.Open; list <= ViewListKind.OpenUnmonitored; list++)
        {
            long limit = SilenceRule.LimitOf(list, _limits);
            for (int row = _lists.Head(list); row != ViewTable.NoRow && now > _table[row].Last + limit; row = _lists.Head(list))
            {
                _closer.CloseSilent(row, ViewNote.Silent);
            }
        }

        for (int row = _lists.Head(ViewListKind.Ended);
            row != ViewTable.NoRow && now > _table[row].Last + _limits.UnmonitoredSilence;
            row = _lists.Head(ViewListKind.Ended))
        {
            Forget(row);
        }
    }

    /// <summary>Closes every open view at its last event: the end of a closed file.</summary>
    public void CloseAll()
    {
        for (ViewListKind list = ViewListKind.Open; list <= ViewListKind.OpenUnmonitored; list++)
        {
            for (int row = _lists.Head(list); row != ViewTable.NoRow; row = _lists.Head(list))
            {
                _closer.CloseSilent(row, ViewNote.InputEnded);
            }
        }
    }

    /// <summary>Shows each open attempt.</summary>
    public void VisitOpen(IOpenViewVisitor visitor)
    {
        for (ViewListKind list = ViewListKind.Open; list <= ViewListKind.OpenUnmonitored; list++)
        {
            for (int row = _lists.Head(list); row != ViewTable.NoRow; row = _lists.NextOf(row))
            {
                if (_table[row].Has(ViewFlags.Attempted))
                {
                    visitor.Visit(_table[row]);
                }
            }
        }
    }

    private static bool IsRequest(in StreamEvent e) =>
        e.Kind == EventKind.PlaybackRequest && !e.ReadPayload<PlaybackRequestPayload>().Preload;

    private void Apply(int row, ref ViewRow view, in StreamEvent e, long time)
    {
        if (_trace is not null && time > e.Time.UnixMicroseconds)
        {
            _trace.OnNote(view, ViewNote.TimeRanBackwards);
        }

        long playhead = PlayheadOf.Event(e);
        if (IsLoneBufferEnd(view, e))
        {
            ref readonly BufferPayload buffer = ref e.ReadPayload<BufferPayload>();
            _credit.CreditLoneBuffering(ref view, time, buffer.DurationMicroseconds, buffer.Reason);
        }
        else
        {
            _credit.Credit(ref view, time, playhead);
        }

        view.Last = time;
        view.LastPlayhead = playhead;
        view.Playhead = playhead == Absent.Time ? view.Playhead : playhead;
        _identity.Note(row, e);
        if (IsRequest(e))
        {
            Supersede(e, time);
        }

        bool wasAttempted = view.Has(ViewFlags.Attempted);
        ViewEnd end = _transitions.Apply(ref view, e);
        if (!wasAttempted && view.Has(ViewFlags.Attempted))
        {
            _players.Add(row);
        }

        if (end.Ends)
        {
            _ledger.CloseOtherwise(ref view);
        }

        // After what the event closes: what a buffering turns out to have played was played before this playhead.
        if (playhead != Absent.Time)
        {
            _watched.Correct(ref view, playhead, afterSeek: e.Kind == EventKind.SeekEnd);
        }

        if (end.Ends)
        {
            _closer.Close(row, time, end.Reason, ViewNote.Ended, end.Business);
        }
        else
        {
            _lists.MoveToEnd(row, SilenceRule.ListOf(view));
        }
    }

    private static bool IsLoneBufferEnd(in ViewRow view, in StreamEvent e) =>
        e.Kind == EventKind.BufferEnd
        && view.State == ViewState.Playing
        && e.ReadPayload<BufferPayload>().DurationMicroseconds != Absent.Time;

    // Every open attempt of the same player for another title ends here; views that only preload are not in the index.
    private void Supersede(in StreamEvent request, long time)
    {
        if (request.Device.IsNone || request.Title.IsNone)
        {
            return;
        }

        var player = new PlayerKey(request.Device, _contexts[request.Context].Source);
        for (int row = _players.Head(player), next; row != ViewTable.NoRow; row = next)
        {
            ref ViewRow view = ref _table[row];
            next = view.NextOfPlayer;
            if (view.View == request.View || view.Dimensions.Title.IsNone || view.Dimensions.Title == request.Title)
            {
                continue;
            }

            if (SilenceRule.HasEndedBefore(view, time, _limits))
            {
                _closer.CloseSilent(row, ViewNote.Silent);
            }
            else
            {
                _closer.Close(row, Math.Max(time, view.Last), EndReason.Superseded, ViewNote.Superseded);
            }
        }
    }

    private void MakeRoom()
    {
        if (!_table.IsFull)
        {
            return;
        }

        int ended = _lists.Head(ViewListKind.Ended);
        if (ended != ViewTable.NoRow)
        {
            ForgottenViews++;
            Forget(ended);
            return;
        }

        int silent = ViewTable.NoRow;
        for (ViewListKind list = ViewListKind.Open; list <= ViewListKind.OpenUnmonitored; list++)
        {
            int head = _lists.Head(list);
            if (head != ViewTable.NoRow && (silent == ViewTable.NoRow || _table[head].Last < _table[silent].Last))
            {
                silent = head;
            }
        }

        EvictedViews++;
        _closer.CloseSilent(silent, ViewNote.Evicted);
        Forget(silent);
    }

    private void Forget(int row)
    {
        _lists.Leave(row);
        _table.Remove(row);
    }
}
