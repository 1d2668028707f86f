using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Delivery;

/// <summary>Moves events from one shard into one batch.</summary>
/// <remarks>Touched by the pump only.</remarks>
internal sealed class BatchGatherer
{
    // A run is short enough that the buffer's slots are released while a large batch still fills.
    private const int RunLength = 1024;

    private readonly RingCursor _cursor;
    private readonly DeliveryLedger _ledger;
    private readonly TimeProvider _time;
    private readonly bool _includeReplayed;
    private long _firstAt;

    public BatchGatherer(RingCursor cursor, int shard, DeliveryLedger ledger, DeliveryOptions options, TimeProvider time)
    {
        _cursor = cursor;
        _ledger = ledger;
        _time = time;
        _includeReplayed = options.IncludeReplayed;
        Batch = new DeliveryBatch(options.MaxBatchEvents, options.MaxBatchAnnexBytes) { Shard = shard };
    }

    public DeliveryBatch Batch { get; }

    public bool IsFull { get; private set; }

    /// <summary>How long the first event of the batch has waited.</summary>
    public TimeSpan Age => Batch.Count == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_firstAt);

    /// <summary>Takes what is there, until the batch is full.</summary>
    public void Gather()
    {
        while (!IsFull)
        {
            EventBatch run = _cursor.Peek(RunLength);
            if (run.Events.IsEmpty)
            {
                return;
            }

            Copy(run);
        }
    }

    public void Clear()
    {
        Batch.Clear();
        IsFull = false;
    }

    /// <summary>Drops what has been published by now; what still is meanwhile is left to the ring.</summary>
    public void Discard()
    {
        long rest = _cursor.Pending;
        while (rest > 0)
        {
            ReadOnlySpan<StreamEvent> events = _cursor.Peek((int)Math.Min(rest, RunLength)).Events;
            if (events.IsEmpty)
            {
                return;
            }

            int skipped = 0;
            foreach (ref readonly StreamEvent streamEvent in events)
            {
                skipped += IsSkipped(streamEvent.Flags) ? 1 : 0;
            }

            rest -= events.Length;
            _ledger.Discard(_cursor, events.Length - skipped, skipped);
        }
    }

    private void Copy(EventBatch run)
    {
        bool wasEmpty = Batch.Count == 0;
        int taken = 0;
        int skipped = 0;
        ReadOnlySpan<StreamEvent> events = run.Events;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly StreamEvent streamEvent = ref events[i];
            if (IsSkipped(streamEvent.Flags))
            {
                skipped++;
            }
            else if (Batch.TryAdd(run.FirstSequence + i, in streamEvent, run.AnnexOf(in streamEvent)))
            {
                taken++;
            }
            else
            {
                IsFull = true;
                break;
            }
        }

        // Known at once, so that a batch that has just filled is not found out only by one more event.
        IsFull |= Batch.Count == Batch.Capacity;
        if (wasEmpty && taken > 0)
        {
            _firstAt = _time.GetTimestamp();
        }

        _ledger.Take(_cursor, taken, skipped);
    }

    private bool IsSkipped(EventFlags flags) =>
        (flags & EventFlags.Broadcast) != 0 || ((flags & EventFlags.Replayed) != 0 && !_includeReplayed);
}
