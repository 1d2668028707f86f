using StreamSense.Core.Buffering;

namespace StreamSense.Core.Delivery;

/// <summary>Keeps account of one delivery: written by its pump, read from any thread.</summary>
/// <remarks>A lock, taken once a run of events and once a batch, makes what is read one consistent state.</remarks>
internal sealed class DeliveryLedger
{
    private readonly Lock _lock = new();
    private readonly RingCursor[] _cursors;
    private readonly long[] _starts;
    private DeliveryCounts _settled;
    private long _inHand;

    public DeliveryLedger(RingCursor[] cursors)
    {
        _cursors = cursors;
        _starts = Array.ConvertAll(cursors, cursor => cursor.Position);
    }

    /// <summary>Moves events out of the ring: the ones taken are in hand from now on, the others are skipped.</summary>
    public void Take(RingCursor cursor, int taken, int skipped)
    {
        lock (_lock)
        {
            cursor.Advance(taken + skipped);
            _inHand += taken;
            _settled = _settled with { Skipped = _settled.Skipped + skipped };
        }
    }

    /// <summary>Moves events out of the ring and drops them because the time to shut down is over.</summary>
    public void Discard(RingCursor cursor, int dropped, int skipped)
    {
        lock (_lock)
        {
            cursor.Advance(dropped + skipped);
            _settled = _settled with
            {
                Skipped = _settled.Skipped + skipped,
                DroppedUnfinished = _settled.DroppedUnfinished + dropped,
            };
        }
    }

    public void Attempted()
    {
        lock (_lock)
        {
            _settled = _settled with { Attempts = _settled.Attempts + 1 };
        }
    }

    public void AttemptFailed()
    {
        lock (_lock)
        {
            _settled = _settled with { FailedAttempts = _settled.FailedAttempts + 1 };
        }
    }

    public void Applied(int count)
    {
        lock (_lock)
        {
            _inHand -= count;
            _settled = _settled with { Applied = _settled.Applied + count, BatchesApplied = _settled.BatchesApplied + 1 };
        }
    }

    public void Dropped(int count, BatchOutcome reason)
    {
        lock (_lock)
        {
            _inHand -= count;
            _settled = reason switch
            {
                BatchOutcome.Refused => _settled with { DroppedRefused = _settled.DroppedRefused + count },
                BatchOutcome.Abandoned => _settled with { DroppedUnfinished = _settled.DroppedUnfinished + count },
                _ => _settled with { DroppedFailed = _settled.DroppedFailed + count },
            };
        }
    }

    public DeliveryCounts Read()
    {
        lock (_lock)
        {
            long offered = 0;
            long pending = _inHand;
            for (int i = 0; i < _cursors.Length; i++)
            {
                // Read once: the writer goes on publishing meanwhile, and both sums must see the same end.
                long backlog = _cursors[i].Pending;
                offered += _cursors[i].Position + backlog - _starts[i];
                pending += backlog;
            }

            return _settled with { Offered = offered, Pending = pending };
        }
    }
}
