using StreamSense.Core.Events;
using StreamSense.Core.Sessions.Amendments;
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
    private readonly PlayRuns _runs;
    private readonly RowsAhead _ahead;
    private readonly ISessionTrace? _trace;
    private readonly ViewTable _table;
    private readonly ViewLists _lists;
    private readonly PlayerIndex _players;
    private readonly EndedViews _ended;
    private readonly WatchedContent _watched;
    private readonly ViewMachine _machine;
    private readonly ViewCloser _closer;
    private readonly ViewAmendments? _amendments;
    private readonly RecentRequests? _requests;
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
        _runs = new PlayRuns(observer);
        _trace = trace;
        _table = new ViewTable(_limits.MaxViews);
        _lists = new ViewLists();
        _ahead = new RowsAhead(_table, _lists, observer);
        _players = new PlayerIndex(_table);
        _ended = new EndedViews(_limits.MaxEndedViews);
        _watched = new WatchedContent(titles, _limits.MaxWatchedChunks);
        _facts = new FactOutbox(facts, contexts);
        var ledger = new StallLedger(observer, _watched, _limits, trace);
        var credit = new IntervalCredit(observer, _runs, ledger, _watched, _limits, trace);
        _closer = new ViewCloser(_runs, ledger, credit, _watched, observer, _facts, titles, sessions, trace);
        _machine = new ViewMachine(
            _limits,
            new ViewIdentity(contexts, observer, _runs),
            _watched,
            ledger,
            credit,
            new ViewTransitions(ledger, _runs, observer, _facts, trace),
            _closer);

        // A trace shows the events as they apply: what is undone and done again would not be one timeline.
        _amendments = _limits.History > 0 && trace is null
            ? new ViewAmendments(_limits, _table, _players, _machine, _runs, _closer, ledger, _watched, _facts, observer, contexts)
            : null;

        // Without a past to put them into they are of no use.
        _requests = _amendments is null ? null : new RecentRequests(_limits.MaxRecentRequests);
    }

    /// <summary>How many views are open, those that only preload included.</summary>
    public int OpenViews => _table.Count - _lists.Count(ViewListKind.Ended);

    /// <summary>How many open views were closed because the table was full.</summary>
    public long EvictedViews { get; private set; }

    /// <summary>How many ended views were forgotten, id and all, for want of room for ids; a later event would open them anew.</summary>
    public long ForgottenViews => _ended.Forgotten;

    /// <summary>How many late events were put in their place among those of their view.</summary>
    public long AmendedEvents => _amendments?.Amended ?? 0;

    /// <summary>How many late events applied where their view had got to, because its past was no longer kept.</summary>
    public long UnamendedEvents => _amendments?.Unamended ?? 0;

    /// <summary>How often a view lost a part of its history because the room for histories was full.</summary>
    public long ShortenedHistories => _amendments?.Shortened ?? 0;

    /// <summary>The memory of the histories, in bytes.</summary>
    public long HistoryBytes => _amendments?.Bytes ?? 0;

    /// <summary>How often a view with more jumps than there is room for gave up the order of what it played.</summary>
    public long CondensedViews => _watched.Condensed;

    /// <summary>How many runs of played content were lost, because the room that all views share was full.</summary>
    public long LostRanges => _watched.Lost;

    /// <summary>Makes ready for a run of events.</summary>
    public void Begin(ReadOnlySpan<StreamEvent> events) => _ahead.Begin(events);

    /// <summary>Applies the next event of the run that <see cref="Begin"/> has seen.</summary>
    public void ApplyNext(ReadOnlySpan<StreamEvent> events, int i)
    {
        ref readonly StreamEvent e = ref events[i];
        Apply(e, _ahead.Next(events, i));
    }

    /// <summary>Applies an event; one without a view changes none.</summary>
    public void Apply(in StreamEvent e) => Apply(e, ViewTable.NoRow);

    private void Apply(in StreamEvent e, int guess)
    {
        if ((e.Flags & EventFlags.Broadcast) != 0)
        {
            if (ViewMachine.IsRequest(e))
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

        int row = guess != ViewTable.NoRow && _table.IsRowOf(guess, e.View) ? guess : _table.Find(e.View);
        if (row == ViewTable.NoRow && !TryAdd(e, out row))
        {
            return;
        }

        ref ViewRow view = ref _table[row];
        PlayerKey player = PlayerIndex.KeyOf(view);
        bool placed = _amendments is not null && _amendments.TryPlace(row, ref view, e);
        if (!placed && _trace is null && SteadyBeat.TryApply(ref view, e, _limits))
        {
            _facts.Add(view, ViewFactKind.Progress, e.Time);
            _lists.MoveToEnd(row, ViewListKind.Open);
            return;
        }

        ApplyAny(row, ref view, e, player, placed);
    }

    private void ApplyAny(int row, ref ViewRow view, in StreamEvent e, PlayerKey player, bool placed)
    {
        if (placed)
        {
            ApplyPlaced(row, ref view, e, player);
            return;
        }

        long time = Math.Max(e.Time.UnixMicroseconds, view.Last);
        if (!view.Has(ViewFlags.Ended) && SilenceRule.HasEndedBefore(view, time, _limits))
        {
            CloseSilent(row, ViewNote.Silent);
        }

        _trace?.OnEvent(view, e);
        if (view.Has(ViewFlags.Ended))
        {
            _trace?.OnNote(view, ViewNote.AfterEnd);
        }
        else
        {
            Apply(row, ref view, e, time, player);
        }

        _trace?.OnApplied(view);
    }

    /// <summary>Hands on the facts collected so far.</summary>
    public void Flush() => _facts.Flush();

    /// <summary>
    /// Closes the views that have been silent too long by a clock that no event will be before, and keeps of old ended ones the id.
    /// </summary>
    public void AdvanceTo(EventTime watermark)
    {
        long now = watermark.UnixMicroseconds - _limits.Lateness;
        for (ViewListKind list = ViewListKind.Open; list <= ViewListKind.OpenUnmonitored; list++)
        {
            long limit = SilenceRule.LimitOf(list, _limits);
            for (int row = _lists.Head(list); row != ViewTable.NoRow && now > _table[row].Last + limit; row = _lists.Head(list))
            {
                CloseSilent(row, ViewNote.Silent);
            }
        }

        _amendments?.ReleaseEnded(watermark.UnixMicroseconds);
        for (int row = _lists.Head(ViewListKind.Ended);
            row != ViewTable.NoRow && now > _table[row].Last + _limits.UnmonitoredSilence;
            row = _lists.Head(ViewListKind.Ended))
        {
            _ended.Add(_table[row].View);
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
                CloseSilent(row, ViewNote.InputEnded);
            }
        }
    }

    /// <summary>
    /// Tells the play time that waits in open views, and shows each open attempt, in the order of rows: as memory likes it best.
    /// </summary>
    /// <param name="visitor">Who sees them.</param>
    /// <param name="also">Who sees them, too.</param>
    public void VisitOpen(IOpenViewVisitor visitor, IOpenViewVisitor? also = null)
    {
        for (int row = _table.NextRow(ViewTable.NoRow); row != ViewTable.NoRow; row = _table.NextRow(row))
        {
            _table.PrefetchRowsAfter(row);
            ref ViewRow view = ref _table[row];
            if (view.Has(ViewFlags.Attempted) && !view.Has(ViewFlags.Ended))
            {
                _runs.Tell(ref view);
                visitor.Visit(view);
                also?.Visit(view);
            }
        }
    }

    // An ended view that had no room any more must not begin anew.
    private bool TryAdd(in StreamEvent e, out int row)
    {
        row = ViewTable.NoRow;
        if (_ended.Contains(e.View))
        {
            return false;
        }

        MakeRoom();
        row = _table.Add(e.View, e.Time.UnixMicroseconds);
        _amendments?.Open(row);
        return true;
    }

    // What the view was at that time may have changed: whether it was open, whose it was, what it showed.
    private void ApplyPlaced(int row, ref ViewRow view, in StreamEvent e, PlayerKey player)
    {
        long time = e.Time.UnixMicroseconds;
        if (ViewMachine.IsRequest(e) && !(view.Has(ViewFlags.Ended) && view.Last < time))
        {
            Supersede(e, time);
        }

        Settle(row, ref view, player);
        SupersedeIfOvertaken(row, ref view, time);
    }

    private void Apply(int row, ref ViewRow view, in StreamEvent e, long time, PlayerKey player)
    {
        if (_trace is not null && time > e.Time.UnixMicroseconds)
        {
            _trace.OnNote(view, ViewNote.TimeRanBackwards);
        }

        if (ViewMachine.IsRequest(e))
        {
            Supersede(e, time);
        }

        ViewEnd end = _machine.Step(ref view, e, time);
        if (end.Ends)
        {
            _closer.Close(ref view, time, end.Reason, ViewNote.Ended, end.Business);
        }

        bool wasIndexed = view.InPlayerIndex;
        Settle(row, ref view, player);
        if (!wasIndexed && view.InPlayerIndex)
        {
            SupersedeIfOvertaken(row, ref view, time);
        }
    }

    // A request that belongs later may have come before the view did.
    private void SupersedeIfOvertaken(int row, ref ViewRow view, long since)
    {
        if (_requests is not null
            && view.InPlayerIndex
            && _requests.TryFindFirst(view, since, out StreamEvent request)
            && !(view.Has(ViewFlags.Ended) && view.Last <= request.Time.UnixMicroseconds))
        {
            Supersede(row, ref view, request, request.Time.UnixMicroseconds);
        }
    }

    // Puts a view in the lists and the index that it belongs to, after a change.
    private void Settle(int row, ref ViewRow view, PlayerKey player)
    {
        bool playable = view.Has(ViewFlags.Attempted) && (!view.Has(ViewFlags.Ended) || _amendments?.Keeps(row) == true);
        if (view.InPlayerIndex && (!playable || PlayerIndex.KeyOf(view) != player))
        {
            _players.Remove(row, player);
        }

        if (playable && !view.InPlayerIndex)
        {
            _players.Add(row);
        }

        if (view.Has(ViewFlags.Ended))
        {
            _lists.MoveToEnd(row, ViewListKind.Ended);
            _amendments?.NoteEnd(row, view);
        }
        else
        {
            _lists.MoveToEnd(row, SilenceRule.ListOf(view));
        }
    }

    private void CloseSilent(int row, ViewNote cause)
    {
        ref ViewRow view = ref _table[row];
        _closer.CloseSilent(ref view, cause);
        Settle(row, ref view, PlayerIndex.KeyOf(view));
    }

    // Every attempt of the same player for another title that is open at this time ends here; views that only preload are not in the
    // index. Events may come in another order than they happened: what began after the request is not its concern.
    private void Supersede(in StreamEvent request, long time)
    {
        if (request.Device.IsNone || request.Title.IsNone)
        {
            return;
        }

        var player = new PlayerKey(request.Device, _contexts[request.Context].Source);
        _requests?.Add(player, request, time);
        for (int row = _players.Head(player), next; row != ViewTable.NoRow && _table[row].InPlayerIndex; row = next)
        {
            ref ViewRow view = ref _table[row];
            next = view.NextOfPlayer;
            if (ViewMachine.IsSuperseded(view, request) && view.AttemptTime <= time && MayBeOpenAt(view, time))
            {
                Supersede(row, ref view, request, time);
            }
        }
    }

    private void Supersede(int row, ref ViewRow view, in StreamEvent request, long time)
    {
        PlayerKey player = PlayerIndex.KeyOf(view);
        StreamEvent entry = request;
        entry.Flags |= EventFlags.Broadcast;
        if (view.Has(ViewFlags.Ended) && _amendments?.IsBehindAll(row, entry) != false)
        {
            // What ended it was before this, and stays so, whatever else comes.
            return;
        }

        if (_amendments is null || !_amendments.TryPlace(row, ref view, entry))
        {
            EndBy(ref view, time);
        }

        Settle(row, ref view, player);
    }

    // One that ended before has ended, but for one that was silent: the request may have come within its silence.
    private bool MayBeOpenAt(in ViewRow view, long time) =>
        !view.Has(ViewFlags.Ended)
        || view.Last > time
        || (view.Reason == EndReason.Timeout && time <= view.Last + _limits.UnmonitoredSilence);

    private void EndBy(ref ViewRow view, long requested)
    {
        if (view.Has(ViewFlags.Ended))
        {
            return;
        }

        if (SilenceRule.HasEndedBefore(view, requested, _limits))
        {
            _closer.CloseSilent(ref view, ViewNote.Silent);
        }
        else
        {
            _closer.Close(ref view, Math.Max(requested, view.Last), EndReason.Superseded, ViewNote.Superseded);
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
            ForgetForRoom(ended);
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
        CloseSilent(silent, ViewNote.Evicted);
        ForgetForRoom(silent);
    }

    private void ForgetForRoom(int row)
    {
        // A view that never was an attempt has counted nowhere: it may begin anew.
        if (_table[row].Has(ViewFlags.Attempted))
        {
            _ended.Add(_table[row].View);
        }

        Forget(row);
    }

    private void Forget(int row)
    {
        _players.Remove(row);
        _amendments?.Forget(row);
        _lists.Leave(row);
        _table.Remove(row);
    }
}
