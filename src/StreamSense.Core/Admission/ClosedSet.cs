using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>Takes every event of one or more files and hands them on in their resolved order.</summary>
/// <remarks>
/// In memory: 128 bytes an event, 16 to 32 for telling duplicates, and its text. Duplicates are told over the whole set, the first of
/// them wins. Order: events with <c>seq</c> follow each other within their (source, view), at no time before their predecessor's;
/// everything else, and sequences among each other, by time, then by the sender's id (decode with the id text kept), then by the
/// event's hash. One thread at a time.
/// </remarks>
public sealed class ClosedSet : IEventReceiver
{
    private const int BatchSize = 1024;

    private readonly EventPages _events = new();
    private readonly AnnexArena _annexes = new();
    private readonly EventIdSet _ids = new(1024);
    private readonly SourceWatermarks _watermarks = new(ushort.MaxValue + 1);
    private readonly ContextTable _contexts;
    private readonly ClosedSetOptions _options;
    private long _accepted;
    private long _duplicates;
    private long _late;
    private EventTime? _from;
    private EventTime? _to;

    /// <summary>Creates an empty set.</summary>
    /// <param name="vocabulary">The names that the decoder of the events writes to.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public ClosedSet(Vocabulary vocabulary, ClosedSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _contexts = vocabulary.Contexts;
        _options = options ?? new ClosedSetOptions();
        _options.Identity?.Validate();
    }

    /// <summary>What became of the records so far.</summary>
    public AdmissionTotals Totals => new()
    {
        Accepted = _accepted,
        Duplicates = _duplicates,
        Late = _late,
        From = _from,
        To = _to,
    };

    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (_events.Count >= _options.MaxEvents)
        {
            return WriteOutcome.Refused;
        }

        int record = (streamEvent.Flags & EventFlags.Derived) == 0 ? 1 : 0;
        if (!_ids.Add(streamEvent.Id))
        {
            _duplicates += record;
            return WriteOutcome.Written;
        }

        Symbol source = _contexts[streamEvent.Context].Source;
        if (_options.Lateness.IsLate(streamEvent.Time, _watermarks.Of(source)))
        {
            _late += record;
            return WriteOutcome.Written;
        }

        if (!_annexes.TryAdd(annex, out AnnexHandle handle))
        {
            return WriteOutcome.Refused;
        }

        _watermarks.Note(source, streamEvent);
        _accepted += record;
        _from = _from is { } from && from <= streamEvent.Time ? from : streamEvent.Time;
        _to = _to is { } to && to >= streamEvent.Time ? to : streamEvent.Time;
        _events.Add(streamEvent);
        _events[_events.Count - 1].Annex = handle;
        return WriteOutcome.Written;
    }

    /// <summary>Hands every event to a consumer, in the resolved order.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="progress">Told how many events the consumer has had; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends the hand-over between two batches.</param>
    public void Deliver(IEventConsumer consumer, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        int[] order = ClosedSetOrder.Resolve(_events, _annexes, _contexts);
        using ClosedSetIdentity? identity = _options.Identity is { } options ? new ClosedSetIdentity(_contexts, options) : null;
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
}
