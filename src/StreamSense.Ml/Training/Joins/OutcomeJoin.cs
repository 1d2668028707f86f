using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Joins rankings with what came of them, by request and title, and makes rows to train on.</summary>
/// <remarks>
/// <para>Impressions, clicks and views carry the request that led to them. Ratings, list entries and subscriptions carry none: they are
/// credited to the viewer's latest open ranking that showed the title (of subscriptions: whose title was played last, else clicked).</para>
/// <para>Feed it live, or let <see cref="Run"/> go through a log and a history. A ranking stays open for the window and the grace, by the
/// time of the stream; then its slots become rows, each exactly once. What comes later is counted. One thread at a time.</para>
/// </remarks>
public sealed class OutcomeJoin : IHistoryConsumer
{
    private const double CompletedShare = 0.9;

    // A log is nearly in order: rankings are taken a little before the stream comes to them.
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(1);

    private readonly OutcomeJoinOptions _options;
    private readonly OpenRankings _open;
    private TrainingRows? _rows;
    private OutcomeCounts _counts;
    private EventTime _latest;
    private IDecisionReader? _decisions;
    private bool _hasNext;

    /// <summary>Makes a join without any ranking.</summary>
    /// <param name="options">How outcomes are credited; null for the defaults.</param>
    /// <param name="layout">The features of the rows; null for those of the first ranking.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public OutcomeJoin(OutcomeJoinOptions? options = null, FeatureLayout? layout = null)
    {
        _options = options ?? new OutcomeJoinOptions();
        _options.Validate();
        _open = new OpenRankings(_options.MaxOpen);
        _rows = layout is null ? null : new TrainingRows(layout, _options.MaxRows);
    }

    /// <summary>What became of slots and outcomes so far.</summary>
    public OutcomeCounts Counts => _counts;

    /// <summary>How many rankings are open.</summary>
    public int Open => _open.Count;

    /// <summary>Joins a log with a history, to the end of both.</summary>
    /// <param name="decisions">The log.</param>
    /// <param name="history">The history.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>The rows of all rankings of the log.</returns>
    /// <exception cref="InvalidOperationException">No ranking has features of a known layout.</exception>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    public TrainingSet Run(IDecisionReader decisions, IEventHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(history);
        _decisions = decisions;
        _hasNext = decisions.TryRead();
        try
        {
            history.Replay(this, cancellationToken);
            TakeRankings(EventTime.Latest);
        }
        finally
        {
            _decisions = null;
        }

        return Complete();
    }

    /// <summary>Takes a ranking.</summary>
    /// <param name="record">The ranking.</param>
    public void Add(in RankingRecord record)
    {
        _counts = _counts with { Rankings = _counts.Rankings + 1 };
        if (record.Chosen.IsEmpty)
        {
            _counts = _counts with { WithoutSlate = _counts.WithoutSlate + 1 };
            return;
        }

        if (record.Request.IsNone || _open.IsKnown(record.Request))
        {
            _counts = _counts with { Duplicates = _counts.Duplicates + 1 };
            return;
        }

        if (_rows is null && record.Layout is { } first)
        {
            _rows = new TrainingRows(first, _options.MaxRows);
        }

        if (_rows is null || record.Model.LayoutHash != _rows.Layout.Hash
            || record.Features.Length != record.Candidates.Length * _rows.Layout.Count)
        {
            _counts = _counts with { OtherLayout = _counts.OtherLayout + 1 };
            return;
        }

        if (_open.IsFull)
        {
            _counts = _counts with { ClosedEarly = _counts.ClosedEarly + 1 };
            Close(_open.TakeOldest());
        }

        _open.Add(new OpenRanking(record));
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            Advance(streamEvent.Time);
            Take(streamEvent);
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (ref readonly ViewFact fact in facts)
        {
            Advance(fact.Time);
            if (!fact.Request.IsNone && fact.Kind != ViewFactKind.Joined)
            {
                Take(fact);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        if (_open.ViewOf(session.View) is { } view)
        {
            view.WatchMicroseconds = session.Times.Watch;
            view.IsCompleted |= session.IsCompletable
                && session.WatchedContentMicroseconds >= CompletedShare * session.DurationMicroseconds;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The version that follows replaces what this one said.</remarks>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
    }

    /// <summary>Closes every ranking, and gives all rows.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidOperationException">No ranking had features of a known layout.</exception>
    public TrainingSet Complete()
    {
        while (_open.Count > 0)
        {
            Close(_open.TakeOldest());
        }

        return Rows();
    }

    /// <summary>Gives the rows of the rankings that are closed so far.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidOperationException">No ranking had features of a known layout.</exception>
    public TrainingSet Rows() => _rows?.Build()
        ?? throw new InvalidOperationException("No ranking says what its features are; give the join a layout.");

    private void Advance(EventTime time)
    {
        if (time > _latest)
        {
            _latest = time;
            TakeRankings(time + Lead);
            while (_open.Oldest is { } oldest && _latest - oldest.Time > _options.Window + _options.Grace)
            {
                Close(_open.TakeOldest());
            }
        }
    }

    private void TakeRankings(EventTime upTo)
    {
        while (_hasNext && _decisions is { } decisions && decisions.Current.Time <= upTo)
        {
            Add(decisions.Current);
            _hasNext = decisions.TryRead();
        }
    }

    private void Take(in StreamEvent streamEvent)
    {
        switch (streamEvent.Kind)
        {
            case EventKind.Impression or EventKind.Click or EventKind.DetailView:
                TakeShown(streamEvent);
                break;
            case EventKind.BufferStart:
                ref readonly BufferPayload buffer = ref streamEvent.ReadPayload<BufferPayload>();
                if (buffer.Reason is BufferReason.None or BufferReason.Connection or BufferReason.Unknown)
                {
                    _open.ViewOf(streamEvent.View)?.Stall(streamEvent.Time);
                }

                break;
            case EventKind.BufferEnd:
                _open.ViewOf(streamEvent.View)?.Unstall(streamEvent.Time);
                break;
            case EventKind.Rating or EventKind.ListAdd:
                TakeOpinion(streamEvent);
                break;
            case EventKind.TrialStarted or EventKind.SubscriptionStarted:
                TakeSubscription(streamEvent);
                break;
        }
    }

    private void TakeShown(in StreamEvent streamEvent)
    {
        ref readonly ShownPayload shown = ref streamEvent.ReadPayload<ShownPayload>();
        if (shown.Request.IsNone || !TryCredit(shown.Request, streamEvent.Title, streamEvent.Time, out OpenRanking? ranking, out int index))
        {
            return;
        }

        ref OpenRanking.Slot slot = ref ranking!.Slots[index];
        slot.Seen |= streamEvent.Kind == EventKind.Impression;
        slot.Clicked |= streamEvent.Kind != EventKind.Impression;
        slot.VisibleMilliseconds += shown.VisibleMilliseconds == Absent.Number ? 0 : shown.VisibleMilliseconds;
    }

    private void Take(in ViewFact fact)
    {
        WatchedView? view = _open.ViewOf(fact.View);
        if (view is null)
        {
            if (fact.Kind is not (ViewFactKind.Requested or ViewFactKind.FirstFrame)
                || !TryCredit(fact.Request, fact.Title, fact.Time, out OpenRanking? ranking, out int index))
            {
                return;
            }

            view = new WatchedView(fact.View, fact.Time);
            _open.AddView(ranking!, index, view);
            ranking!.Slots[index].LastPlayed = fact.Time;
        }

        view.WatchMicroseconds = fact.WatchMicroseconds;
        if (fact.Kind == ViewFactKind.FirstFrame)
        {
            view.FirstFrame ??= fact.Time;
        }
        else if (fact.Kind == ViewFactKind.Ended)
        {
            view.Ended = fact.Time;
            view.Reason = fact.Reason;
            view.IsCompleted |= fact.Reason == EndReason.Completed;
        }
    }

    private void TakeOpinion(in StreamEvent streamEvent)
    {
        for (OpenRanking? ranking = _open.LatestOf(streamEvent.Viewer); ranking is not null; ranking = _open.Before(ranking))
        {
            int index = IsWithin(ranking, streamEvent.Time) ? ranking.SlotOf(streamEvent.Title) : -1;
            if (index < 0)
            {
                continue;
            }

            _counts = _counts with { Outcomes = _counts.Outcomes + 1 };
            ref OpenRanking.Slot slot = ref ranking.Slots[index];
            if (streamEvent.Kind == EventKind.ListAdd)
            {
                slot.Listed = true;
                return;
            }

            ref readonly RatingPayload rating = ref streamEvent.ReadPayload<RatingPayload>();
            double range = rating.Maximum - rating.Minimum;
            slot.Rating = range > 0 ? Math.Clamp((rating.Value - rating.Minimum) / range, 0, 1) : slot.Rating;
            return;
        }
    }

    private void TakeSubscription(in StreamEvent streamEvent)
    {
        (OpenRanking Ranking, int Slot, EventTime Played)? best = null;
        for (OpenRanking? ranking = _open.LatestOf(streamEvent.Viewer); ranking is not null; ranking = _open.Before(ranking))
        {
            for (int i = 0; IsWithin(ranking, streamEvent.Time) && i < ranking.Slots.Length; i++)
            {
                ref OpenRanking.Slot slot = ref ranking.Slots[i];
                EventTime played = slot.Views is null ? default : slot.LastPlayed;
                if ((slot.Views is not null || slot.Clicked) && (best is null || played > best.Value.Played))
                {
                    best = (ranking, i, played);
                }
            }
        }

        if (best is { } found)
        {
            _counts = _counts with { Outcomes = _counts.Outcomes + 1 };
            found.Ranking.Slots[found.Slot].Converted = true;
        }
    }

    private bool IsWithin(OpenRanking ranking, EventTime time) => time >= ranking.Time && time - ranking.Time <= _options.Window;

    private bool TryCredit(RequestId request, TitleId title, EventTime time, out OpenRanking? ranking, out int slot)
    {
        ranking = _open.Find(request);
        slot = ranking?.SlotOf(title) ?? -1;
        if (slot < 0)
        {
            _counts = ranking is null && _open.IsKnown(request)
                ? _counts with { Late = _counts.Late + 1 }
                : _counts with { WithoutDecision = _counts.WithoutDecision + 1 };
            return false;
        }

        // A client's clock may be a little behind the host's: what names the request came after it.
        if (time - ranking!.Time > _options.Window)
        {
            _counts = _counts with { Late = _counts.Late + 1 };
            return false;
        }

        _counts = _counts with { Outcomes = _counts.Outcomes + 1 };
        return true;
    }

    private void Close(OpenRanking ranking)
    {
        for (int i = 0; i < ranking.Slots.Length; i++)
        {
            ref OpenRanking.Slot slot = ref ranking.Slots[i];
            Outcome outcome = slot.ToOutcome();
            bool isSeen = outcome.Seen && (outcome.VisibleMilliseconds == 0
                || outcome.VisibleMilliseconds >= _options.MinimumVisible.TotalMilliseconds);
            bool isNotSeen = _options.VisibleOnly && !isSeen && !outcome.IsAnything;
            bool isCensored = _options.CensorByQuality && slot.IsCensored(_options);
            bool isRow = !isNotSeen && !isCensored && AddRow(ranking, i, outcome);
            _counts = _counts with
            {
                Slots = _counts.Slots + 1,
                NotSeen = _counts.NotSeen + (isNotSeen ? 1 : 0),
                Censored = _counts.Censored + (!isNotSeen && isCensored ? 1 : 0),
                NoRoom = _counts.NoRoom + (!isNotSeen && !isCensored && !isRow ? 1 : 0),
                Joined = _counts.Joined + (isRow && outcome.IsAnything ? 1 : 0),
                WithoutOutcome = _counts.WithoutOutcome + (isRow && !outcome.IsAnything ? 1 : 0),
            };
        }

        _rows!.EndGroup(ranking.Request, ranking.Viewer, ranking.Time);
    }

    private bool AddRow(OpenRanking ranking, int index, in Outcome outcome)
    {
        ref OpenRanking.Slot slot = ref ranking.Slots[index];
        float weight = _options.InversePropensityCap is { } cap && slot.Propensity > 0 ? (float)Math.Min(cap, 1.0 / slot.Propensity) : 1;
        return _rows!.Add(
            ranking.Features.AsSpan(index * ranking.Columns, ranking.Columns),
            (float)_options.Reward.ValueOf(outcome),
            weight,
            slot.Title,
            index,
            slot.Propensity);
    }
}
