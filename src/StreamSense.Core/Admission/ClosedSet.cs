using System.Runtime.InteropServices;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>Takes every event of one or more files and hands them on in their resolved order.</summary>
/// <remarks>
/// In memory: 128 bytes an event, 16 to 32 for telling duplicates, and its text. Duplicates are told over the whole set, the first of
/// them wins. Order: events with <c>seq</c> follow each other within their (source, view), at no time before their predecessor's;
/// everything else, and sequences among each other, by time, then by the sender's id (decode with the id text kept), then as
/// they were written. Clocks of senders are put right and lateness is judged when the totals are read or the events handed on, in the order
/// of receipt and of arrival; what is written afterwards is taken into account by the next reading. One thread at a time.
/// </remarks>
public sealed class ClosedSet : IEventReceiver
{
    private const int BatchSize = 1024;

    // What comes no further behind than this is not worth noting: live, events wait as long for earlier ones.
    private const long HorizonMicroseconds = 2 * EventTime.MicrosecondsPerSecond;

    private readonly EventPages _events = new();
    private readonly AnnexArena _annexes = new();
    private readonly EventIdSet _ids = new(1024);
    private readonly Vocabulary _vocabulary;
    private readonly ContextTable _contexts;
    private readonly ClosedSetOptions _options;
    private readonly ClosedSetClocks _clocks;
    private readonly LateEvents _lateEvents;
    private readonly ArrivalLedger _duplicateLedger;
    private readonly List<bool> _isLate = [];
    private AdmissionTotals _totals;
    private long _duplicates;

    /// <summary>Creates an empty set.</summary>
    /// <param name="vocabulary">The names that the decoder of the events writes to.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="failed">Keeps late events; null to keep none.</param>
    public ClosedSet(Vocabulary vocabulary, ClosedSetOptions? options = null, FailedEvents? failed = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
        _contexts = vocabulary.Contexts;
        _options = options ?? new ClosedSetOptions();
        _options.Identity?.Validate();
        _clocks = new ClosedSetClocks(_options.Clocks, _contexts);
        _lateEvents = new LateEvents(vocabulary, _options.Lateness, failed);
        _duplicateLedger = new ArrivalLedger(vocabulary, _options.MaxScorecardRows);
    }

    /// <summary>What became of the records so far.</summary>
    public AdmissionTotals Totals
    {
        get
        {
            Settle();
            return _totals with { Duplicates = _duplicates };
        }
    }

    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (_events.Count >= _options.MaxEvents)
        {
            return WriteOutcome.Refused;
        }

        int record = RecordsOf(streamEvent);
        if (!_ids.Add(streamEvent.Id))
        {
            _duplicates += record;
            _duplicateLedger[streamEvent.Context].Duplicates += record;
            return WriteOutcome.Written;
        }

        if (!_annexes.TryAdd(annex, out AnnexHandle handle))
        {
            return WriteOutcome.Refused;
        }

        _events.Add(streamEvent);
        _events[_events.Count - 1].Annex = handle;
        _clocks.Add(streamEvent);
        return WriteOutcome.Written;
    }

    /// <summary>Hands every event to a consumer, in the resolved order.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="progress">Told how many events the consumer has had; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends the hand-over between two batches.</param>
    public void Deliver(IEventConsumer consumer, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        Settle();
        int[] order = ClosedSetOrder.Resolve(_events, _annexes, _contexts);
        using ClosedSetIdentity? identity = _options.Identity is { } options ? new ClosedSetIdentity(_contexts, options) : null;
        if (_totals.Late > 0)
        {
            order = Array.FindAll(order, index => !_isLate[index]);
        }

        var batch = new StreamEvent[BatchSize];
        for (int start = 0; start < order.Length; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchSize, order.Length - start);
            for (int i = 0; i < count; i++)
            {
                batch[i] = _events[order[start + i]];
                identity?.Resolve(ref batch[i], order, _events);
            }

            consumer.Consume(new EventBatch(start, batch.AsSpan(0, count), _annexes));
            progress?.Report(start + count);
        }
    }

    /// <summary>Hands the events to several consumers at once, each on a thread of its own, so that every core has work.</summary>
    /// <remarks>
    /// What may touch each other meets in one part, views, devices, viewers and households that are named together, so that each part
    /// by itself comes to what it would come to among all. The parts are resolved and handed on at the same time; merged, what the
    /// consumers recorded is what one would have recorded.
    /// </remarks>
    /// <param name="consumers">The consumers, one a part.</param>
    /// <param name="progress">Told, by any of the threads, how many more events a consumer has had; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends the hand-over between two batches.</param>
    /// <exception cref="InvalidOperationException">Identities are joined, which needs one order of all events.</exception>
    public void DeliverInParts(
        IReadOnlyList<IEventConsumer> consumers, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumers);
        ArgumentOutOfRangeException.ThrowIfZero(consumers.Count);
        if (_options.Identity is not null)
        {
            throw new InvalidOperationException("Identities are joined in one order of all events; such a set has no parts.");
        }

        Settle();
        List<int>[] parts = ClosedSetParts.Of(_events, _isLate, consumers.Count);
        Parallel.For(0, consumers.Count, part =>
        {
            int[] order = ClosedSetOrder.Resolve(CollectionsMarshal.AsSpan(parts[part]), _events, _annexes, _contexts);
            parts[part].Clear();
            var batch = new StreamEvent[BatchSize];
            for (int start = 0; start < order.Length; start += BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(BatchSize, order.Length - start);
                for (int i = 0; i < count; i++)
                {
                    batch[i] = _events[order[start + i]];
                }

                consumers[part].Consume(new EventBatch(start, batch.AsSpan(0, count), _annexes));
                progress?.Invoke(count);
            }
        });
    }

    /// <summary>Hands on only the rows of the catalogue, in the resolved order: a set has no order between catalogue and views.</summary>
    /// <param name="consumer">The consumer, for example the titles of a stage that the whole set is handed to afterwards.</param>
    public void DeliverTitles(IEventConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        Settle();
        var rows = new List<int>();
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Kind == EventKind.Title)
            {
                rows.Add(i);
            }
        }

        // Of two rows of one instant the later one holds: which that is must not depend on where they are in the file.
        foreach (int row in ClosedSetOrder.Resolve(CollectionsMarshal.AsSpan(rows), _events, _annexes, _contexts))
        {
            consumer.Consume(new EventBatch(row, new ReadOnlySpan<StreamEvent>(in _events[row]), _annexes));
        }
    }

    /// <summary>What became of the records, by source and app version.</summary>
    internal ArrivalLedger Arrivals()
    {
        Settle();
        var ledger = new ArrivalLedger(_vocabulary, _options.MaxScorecardRows);
        var sequences = new SequenceTable(int.MaxValue);
        var watermarks = new SourceWatermarks(ushort.MaxValue + 1);
        for (int i = 0; i < _events.Count; i++)
        {
            ref StreamEvent e = ref _events[i];
            Symbol source = _contexts[e.Context].Source;
            long behind = watermarks.Of(source).UnixMicroseconds - e.Time.UnixMicroseconds;
            if (EventOrder.IsNumbered(e))
            {
                ulong key = SequenceTable.KeyOf(e.View, source);
                int row = sequences.Find(key);
                ledger.Number(e, ref sequences[row == SequenceTable.None ? sequences.Add(key) : row]);
            }

            if (_isLate[i])
            {
                ledger[e.Context].Refuse(RecordsOf(e), behind);
                continue;
            }

            // A file need not be in the order of arrival; with a lateness policy it says that it is.
            bool isArrival = _options.Lateness.Allowed is not null && e.Kind is not (EventKind.Title or EventKind.Profile);
            ledger.Accept(e, RecordsOf(e), isArrival && behind > HorizonMicroseconds ? behind : 0);
            watermarks.Note(source, e);
        }

        ledger.AddDuplicates(_duplicateLedger);
        return ledger;
    }

    // Judges what has come since the last time; where clocks had to be put right, everything anew.
    private void Settle()
    {
        int settled = _isLate.Count;
        if (settled == _events.Count)
        {
            return;
        }

        if (_clocks.IsNeeded)
        {
            _clocks.Correct(_events, settled);
        }

        var totals = default(AdmissionTotals);
        var watermarks = new SourceWatermarks(ushort.MaxValue + 1);
        for (int i = 0; i < _events.Count; i++)
        {
            ref StreamEvent e = ref _events[i];
            Symbol source = _contexts[e.Context].Source;
            EventTime watermark = watermarks.Of(source);
            bool isLate = _options.Lateness.IsLate(e.Time, watermark) && e.Kind is not (EventKind.Title or EventKind.Profile);
            if (i >= settled)
            {
                _isLate.Add(false);
            }

            if (isLate && !_isLate[i])
            {
                _lateEvents.Keep(e, _annexes.Read(e.Annex), watermark);
            }

            _isLate[i] = isLate;
            totals = totals with { Late = totals.Late + (isLate ? RecordsOf(e) : 0) };
            if (!isLate)
            {
                watermarks.Note(source, e);
                totals = AdmissionTotals.Merge(totals, new AdmissionTotals { Accepted = RecordsOf(e), From = e.Time, To = e.Time });
            }
        }

        _totals = totals;
    }

    private static int RecordsOf(in StreamEvent e) => (e.Flags & EventFlags.Derived) == 0 ? 1 : 0;
}
