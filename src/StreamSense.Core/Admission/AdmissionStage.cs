using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>The first stage of a shard: tells duplicates, lateness and order, and counts what became of each record.</summary>
/// <remarks>Written by the shard's thread; <see cref="Totals"/> may be read by any thread.</remarks>
internal sealed class AdmissionStage
{
    private readonly ContextTable _contexts;
    private readonly DuplicateFilter _duplicateFilter;
    private readonly SourceWatermarks _watermarks;
    private readonly LatenessPolicy _lateness;
    private long _accepted;
    private long _duplicates;
    private long _late;
    private long _from = long.MaxValue;
    private long _to = long.MinValue;

    public AdmissionStage(Vocabulary vocabulary, AdmissionOptions options)
    {
        _contexts = vocabulary.Contexts;
        _duplicateFilter = new DuplicateFilter(options.DuplicateWindow);
        _watermarks = new SourceWatermarks(ushort.MaxValue + 1);
        _lateness = options.Lateness;
        Order = new EventOrder(options);
    }

    /// <summary>The events that wait for an earlier one.</summary>
    public EventOrder Order { get; }

    /// <summary>The latest event time seen from any source.</summary>
    public EventTime Latest => _watermarks.Latest;

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
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex; copied if the event has to wait.</param>
    /// <param name="now">The clock, in ticks.</param>
    public AdmissionVerdict Admit(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, long now)
    {
        int record = (streamEvent.Flags & (EventFlags.Derived | EventFlags.Broadcast)) == 0 ? 1 : 0;
        if (!_duplicateFilter.TryAdd(streamEvent.Id))
        {
            Count(ref _duplicates, record);
            return AdmissionVerdict.Duplicate;
        }

        Symbol source = _contexts[streamEvent.Context].Source;
        if ((streamEvent.Flags & (EventFlags.Replayed | EventFlags.Broadcast)) == EventFlags.Replayed)
        {
            Accept(streamEvent, source, record);
            Order.Observe(streamEvent, source);
            return AdmissionVerdict.Apply;
        }

        bool mayBeLate = (streamEvent.Flags & EventFlags.Replayed) == 0 && !IsRow(streamEvent.Kind);
        if (mayBeLate && _lateness.IsLate(streamEvent.Time, _watermarks.Of(source)))
        {
            Count(ref _late, record);
            return AdmissionVerdict.Late;
        }

        if ((streamEvent.Flags & EventFlags.Broadcast) != 0)
        {
            // A copy for its effect on other views: the shard that owns the event's view counts, orders and keeps it.
            return AdmissionVerdict.Apply;
        }

        Accept(streamEvent, source, record);
        return Order.Offer(streamEvent, source, annex, now) ? AdmissionVerdict.Apply : AdmissionVerdict.Held;
    }

    private void Accept(in StreamEvent streamEvent, Symbol source, int record)
    {
        Count(ref _accepted, record);
        _watermarks.Note(source, streamEvent);
        long time = streamEvent.Time.UnixMicroseconds;
        if (time < _from)
        {
            Volatile.Write(ref _from, time);
        }

        if (time > _to)
        {
            Volatile.Write(ref _to, time);
        }
    }

    // Rows of the catalogue and of viewers say what is, not what happened: they are never too late.
    private static bool IsRow(EventKind kind) => kind is EventKind.Title or EventKind.Profile;

    // One thread writes, so a plain addition with a volatile write is enough.
    private static void Count(ref long counter, int by) => Volatile.Write(ref counter, counter + by);
}
