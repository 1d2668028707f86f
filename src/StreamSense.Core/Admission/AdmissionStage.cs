using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>The first stage of a shard: tells duplicates, wrong clocks, lateness and order, and counts what became of records.</summary>
/// <remarks>Written by the shard's thread; <see cref="Totals"/> may be read by any thread.</remarks>
internal sealed class AdmissionStage
{
    private readonly ContextTable _contexts;
    private readonly DuplicateFilter _duplicateFilter;
    private readonly SequenceTable _sequences;
    private readonly SourceWatermarks _watermarks;
    private readonly LateEvents _lateEvents;
    private readonly LatenessPolicy _lateness;
    private readonly long _horizon;
    private long _accepted;
    private long _duplicates;
    private long _late;
    private long _from = long.MaxValue;
    private long _to = long.MinValue;

    public AdmissionStage(Vocabulary vocabulary, AdmissionOptions options, FailedEvents? failed = null)
    {
        _contexts = vocabulary.Contexts;
        _duplicateFilter = new DuplicateFilter(options.DuplicateWindow);
        _sequences = new SequenceTable(options.MaxSequences);
        _watermarks = new SourceWatermarks(ushort.MaxValue + 1);
        _lateness = options.Lateness;
        _lateEvents = new LateEvents(vocabulary, options.Lateness, failed);
        _horizon = options.ReorderHorizon.Ticks / TimeSpan.TicksPerMicrosecond;
        Ledger = new ArrivalLedger(vocabulary, options.MaxScorecardRows);
        Unsettled = new UnsettledEvents(options, _sequences);
        Order = new EventOrder(options, _sequences) { Forgetting = Unsettled.GiveUp };
    }

    /// <summary>The events that wait for an earlier one.</summary>
    public EventOrder Order { get; }

    /// <summary>The events that wait until the clock of their view is known.</summary>
    public UnsettledEvents Unsettled { get; }

    /// <summary>What became of records, by source and app version.</summary>
    public ArrivalLedger Ledger { get; }

    /// <summary>The latest event time seen from any source.</summary>
    public EventTime Latest => _watermarks.Latest;

    /// <summary>Whether events wait for an earlier one or for their clock, or to be taken.</summary>
    public bool IsWaiting => Order.Count + Unsettled.Count > 0;

    /// <summary>Whether events that have waited enough are there to be taken.</summary>
    public bool IsReadyToGoOn => Order.TryPeekReady(out _) || Unsettled.TryPeekSettled(out _);

    /// <summary>The event time that every source with views has reached; null if none was heard since.</summary>
    /// <param name="since">A source that was not heard since then is not waited for; a clock in ticks.</param>
    public EventTime? ReachedByAll(long since) => _watermarks.ReachedByAll(since);

    /// <summary>When the next waiting event is due, in clock ticks.</summary>
    public long NextDue => Math.Min(Order.NextDue, Unsettled.NextDue);

    /// <summary>What became of the records so far.</summary>
    public AdmissionTotals Totals
    {
        get
        {
            long from = Interlocked.Read(ref _from);
            long to = Interlocked.Read(ref _to);
            return new AdmissionTotals
            {
                Accepted = Interlocked.Read(ref _accepted),
                Duplicates = Interlocked.Read(ref _duplicates),
                Late = Interlocked.Read(ref _late),
                From = from == long.MaxValue ? null : new EventTime(from),
                To = to == long.MinValue ? null : new EventTime(to),
            };
        }
    }

    /// <summary>Judges an event.</summary>
    /// <param name="e">The event; its times are corrected.</param>
    /// <param name="annex">Its annex; copied if the event has to wait.</param>
    /// <param name="now">The clock, in ticks.</param>
    public AdmissionVerdict Admit(ref StreamEvent e, ReadOnlySpan<byte> annex, long now)
    {
        if (!_duplicateFilter.TryAdd(e.Id))
        {
            int record = RecordsOf(e);
            Count(ref _duplicates, record);
            Ledger[e.Context].Duplicates += record;
            return AdmissionVerdict.Duplicate;
        }

        Symbol source = _contexts[e.Context].Source;
        bool isReplayed = (e.Flags & EventFlags.Replayed) != 0;
        int row = RowOf(e, source);
        if (isReplayed && (e.Flags & EventFlags.Broadcast) == 0)
        {
            Remember(e, row);
            Accept(e, source, now);
            Order.Observe(e, source);
            return AdmissionVerdict.Apply;
        }

        if (row != SequenceTable.None && !isReplayed && Concerns(e) && !Unsettled.TryCorrect(ref e, row, annex, now))
        {
            return AdmissionVerdict.Unsettled;
        }

        return Judge(e, source, row, annex, now);
    }

    /// <summary>Judges an event that has waited until its clock was settled.</summary>
    public AdmissionVerdict AdmitSettled(in StreamEvent e, ReadOnlySpan<byte> annex, long now)
    {
        Symbol source = _contexts[e.Context].Source;
        return Judge(e, source, RowOf(e, source), annex, now);
    }

    /// <summary>Makes the events ready whose patience has ended.</summary>
    public void ReleaseDue(long now)
    {
        Unsettled.ReleaseDue(now);
        Order.ReleaseDue(now);
    }

    /// <summary>Makes every event ready: nothing more is expected.</summary>
    public void ReleaseAll() => ReleaseDue(long.MaxValue - 1);

    private AdmissionVerdict Judge(in StreamEvent e, Symbol source, int row, ReadOnlySpan<byte> annex, long now)
    {
        bool isBroadcast = (e.Flags & EventFlags.Broadcast) != 0;
        if (!isBroadcast && EventOrder.IsNumbered(e))
        {
            Ledger.Number(e, ref _sequences[row]);
        }

        EventTime watermark = _watermarks.Of(source);
        bool mayBeLate = (e.Flags & EventFlags.Replayed) == 0 && !IsRow(e.Kind);
        if (mayBeLate && _lateness.IsLate(e.Time, watermark))
        {
            int record = RecordsOf(e);
            Count(ref _late, record);
            if (!isBroadcast)
            {
                Ledger[e.Context].Refuse(record, watermark.UnixMicroseconds - e.Time.UnixMicroseconds);
                _lateEvents.Keep(e, annex, watermark);
            }

            return AdmissionVerdict.Late;
        }

        if (isBroadcast)
        {
            // A copy for its effect on other views: the shard that owns the event's view counts, orders and keeps it.
            return AdmissionVerdict.Apply;
        }

        Accept(e, source, now);
        return Order.OfferIn(row, e, annex, now) ? AdmissionVerdict.Apply : AdmissionVerdict.Held;
    }

    // The row of the event's view, or else of its device: where its clock and its place in the sequence are kept.
    private int RowOf(in StreamEvent e, Symbol source)
    {
        ulong sender = !e.View.IsNone ? e.View.Value : e.Device.Value;
        bool isNeeded = EventOrder.IsNumbered(e) || (sender != 0 && Concerns(e));
        return isNeeded ? Order.RowOf(new ViewId(sender), source) : SequenceTable.None;
    }

    // Of a row of the catalogue or a profile the time is no news; of a replayed event only what was corrected is.
    private bool Concerns(in StreamEvent e) => !IsRow(e.Kind) && Unsettled.Concerns(e);

    private void Remember(in StreamEvent e, int row)
    {
        if (row != SequenceTable.None && Concerns(e))
        {
            _sequences[row].Clock.Observe(e, Unsettled.Policy);
        }
    }

    private void Accept(in StreamEvent e, Symbol source, long now)
    {
        int record = RecordsOf(e);
        Count(ref _accepted, record);
        long time = e.Time.UnixMicroseconds;
        long behind = _watermarks.Of(source).UnixMicroseconds - time;
        Ledger.Accept(e, record, behind > _horizon && !IsRow(e.Kind) ? behind : 0);
        _watermarks.Note(source, e);
        if (!e.View.IsNone)
        {
            _watermarks.NotePlaying(source, now);
        }

        if (time < _from)
        {
            Volatile.Write(ref _from, time);
        }

        if (time > _to)
        {
            Volatile.Write(ref _to, time);
        }
    }

    private static int RecordsOf(in StreamEvent e) => (e.Flags & (EventFlags.Derived | EventFlags.Broadcast)) == 0 ? 1 : 0;

    // Rows of the catalogue and of viewers say what is, not what happened: they are never too late.
    private static bool IsRow(EventKind kind) => kind is EventKind.Title or EventKind.Profile;

    // One thread writes, so a plain addition with a volatile write is enough.
    private static void Count(ref long counter, int by) => Volatile.Write(ref counter, counter + by);
}
