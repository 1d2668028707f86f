using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Amendments;

/// <summary>The last events of the views of a shard, and copies of their rows from before them, in bounded pools.</summary>
/// <remarks>The shard's thread only. Where the pools are full a view keeps less of its past, or nothing.</remarks>
internal sealed class ViewHistory(SessionLimits limits, StallLedger ledger, WatchedContent watched)
{
    /// <summary>The most events of a stretch; a view has two.</summary>
    public const int MaxEvents = 512;

    private const int SlotsOfChunk = 8;
    private const int EventsOfACopy = 16;

    private readonly ChainPool<HistorySlot> _events = new(limits.MaxHistorySlots / SlotsOfChunk, SlotsOfChunk);
    private readonly ChainPool<ViewRow> _rows = new(limits.MaxHistorySlots / EventsOfACopy, 1);
    private readonly HistorySlot[] _slots = new HistorySlot[2 * MaxEvents];
    private readonly ViewRow[] _row = new ViewRow[1];
    private ViewTrail[] _trails = new ViewTrail[64];

    /// <summary>How often a view lost its history, or a part of it, for want of room.</summary>
    public long Shortened { get; private set; }

    /// <summary>The memory of the pools and of what leads into them.</summary>
    public long Bytes => _events.Bytes + _rows.Bytes + ((long)_trails.Length * Unsafe.SizeOf<ViewTrail>());

    public ref ViewTrail this[int row] => ref _trails[row];

    /// <summary>Begins the history of a view that has no event yet.</summary>
    public void Open(int row)
    {
        if (row >= _trails.Length)
        {
            Array.Resize(ref _trails, Math.Max(row + 1, _trails.Length * 2));
        }

        Release(row);
        _trails[row].IsKept = true;
    }

    /// <summary>Gives up the history of a view.</summary>
    public void Release(int row)
    {
        ref ViewTrail trail = ref _trails[row];
        _events.Return(ref trail.OldEvents);
        _events.Return(ref trail.NewEvents);
        ReturnRow(ref trail.OldRow);
        ReturnRow(ref trail.NewRow);
        trail = default;
    }

    /// <summary>Keeps an event that is about to be applied, behind all others of its view.</summary>
    /// <param name="row">The view's number.</param>
    /// <param name="view">The view, as it is before the event.</param>
    /// <param name="e">The event.</param>
    public void Append(int row, in ViewRow view, in StreamEvent e)
    {
        ref ViewTrail trail = ref _trails[row];
        long time = e.Time.UnixMicroseconds;
        if (!trail.IsKept)
        {
            TryRestart(ref trail, view, time);
        }
        else if (trail.Count == 0)
        {
            trail.Since = time;
        }
        else if (IsLongEnough(trail, e) || (trail.HasNew ? trail.NewCount : trail.OldCount) == MaxEvents)
        {
            Turn(ref trail, view, time);
        }

        if (trail.IsKept && !TryKeep(ref trail, e))
        {
            Shortened++;
            Release(row);
        }
    }

    // A request of another view may be far ahead of the view's own events, whose window counts.
    private bool IsLongEnough(in ViewTrail trail, in StreamEvent e) =>
        (e.Flags & EventFlags.Broadcast) == 0 && e.Time.UnixMicroseconds - trail.Since >= limits.History;

    /// <summary>The events of a view, in order.</summary>
    /// <param name="trail">Its trail.</param>
    /// <param name="events">Room for two stretches.</param>
    /// <returns>How many there are.</returns>
    public int Load(in ViewTrail trail, Span<StreamEvent> events)
    {
        int count = Load(trail.OldEvents, events);
        return count + Load(trail.NewEvents, events[count..]);
    }

    /// <summary>Writes the events of a view anew.</summary>
    /// <param name="trail">Its trail.</param>
    /// <param name="old">The older stretch.</param>
    /// <param name="young">The newer stretch.</param>
    /// <returns>False if there was no room for one more: what is kept is of no use then.</returns>
    public bool Store(ref ViewTrail trail, ReadOnlySpan<StreamEvent> old, ReadOnlySpan<StreamEvent> young)
    {
        int newRow = trail.NewRow;
        _events.Return(ref trail.OldEvents);
        _events.Return(ref trail.NewEvents);
        (trail.OldCount, trail.NewCount, trail.NewRow, trail.HasEnvelope) = (0, 0, 0, false);
        bool kept = true;
        foreach (ref readonly StreamEvent e in old)
        {
            kept = kept && TryKeep(ref trail, e);
        }

        trail.NewRow = newRow;
        trail.HasEnvelope = newRow == 0 && trail.HasEnvelope;
        foreach (ref readonly StreamEvent e in young)
        {
            kept = kept && TryKeep(ref trail, e);
        }

        return kept;
    }

    /// <summary>Puts a copy of a row in the place of the newer one.</summary>
    /// <returns>False if there was no room for it: what is kept is of no use then.</returns>
    public bool TryReplaceNewRow(ref ViewTrail trail, in ViewRow view)
    {
        ReturnRow(ref trail.NewRow);
        return TryCopy(view, out trail.NewRow);
    }

    /// <summary>Gives up the older stretch; the newer one takes its place.</summary>
    /// <returns>How many events are given up.</returns>
    public int DropOld(ref ViewTrail trail)
    {
        int dropped = trail.OldCount;
        _events.Return(ref trail.OldEvents);
        ReturnRow(ref trail.OldRow);
        (trail.OldEvents, trail.OldCount, trail.OldRow) = (trail.NewEvents, trail.NewCount, trail.NewRow);
        (trail.NewEvents, trail.NewCount, trail.NewRow) = (0, 0, 0);
        return dropped;
    }

    /// <summary>The row as it was before a stretch.</summary>
    /// <param name="copy">One of the copies of a trail.</param>
    /// <returns>A row whose pools are its own.</returns>
    public ViewRow RowOf(int copy)
    {
        ViewRow view = _rows.Last(copy);
        Unshare(ref view);
        return view;
    }

    // The row is copied, and what comes next is a new stretch; the newer one becomes the older.
    private void Turn(ref ViewTrail trail, in ViewRow view, long time)
    {
        if (trail.HasNew)
        {
            DropOld(ref trail);
        }

        trail.HasEnvelope = false;
        trail.Since = time;
        if (!TryCopy(view, out trail.NewRow))
        {
            Shortened++;
            _events.Return(ref trail.OldEvents);
            ReturnRow(ref trail.OldRow);
            trail = default;
            TryRestart(ref trail, view, time);
        }
    }

    private void TryRestart(ref ViewTrail trail, in ViewRow view, long time)
    {
        if (!_events.IsFull && TryCopy(view, out int copy))
        {
            trail = default;
            trail.OldRow = copy;
            trail.Since = time;
            trail.IsKept = true;
        }
    }

    private bool TryKeep(ref ViewTrail trail, in StreamEvent e)
    {
        bool hasEnvelope = trail.HasEnvelope && trail.Envelope.IsOf(e);
        ref int chain = ref trail.HasNew ? ref trail.NewEvents : ref trail.OldEvents;
        if (!_events.TryAdd(ref chain, new HistorySlot(e, !hasEnvelope)))
        {
            return false;
        }

        if (!hasEnvelope)
        {
            trail.Envelope = new HistoryEnvelope(e);
            trail.HasEnvelope = true;
            if (!_events.TryAdd(ref chain, Unsafe.As<HistoryEnvelope, HistorySlot>(ref trail.Envelope)))
            {
                return false;
            }
        }

        trail.OldCount += trail.HasNew ? 0 : 1;
        trail.NewCount += trail.HasNew ? 1 : 0;
        trail.Last = HistoryOrder.Of(e);
        return true;
    }

    private int Load(int chain, Span<StreamEvent> events)
    {
        int slots = _events.CopyTo(chain, _slots);
        int count = 0;
        HistoryEnvelope envelope = default;
        for (int i = 0; i < slots; i++)
        {
            ref HistorySlot slot = ref _slots[i];
            if (slot.HasEnvelope)
            {
                envelope = Unsafe.As<HistorySlot, HistoryEnvelope>(ref _slots[++i]);
            }

            events[count++] = envelope.EventOf(slot);
        }

        return count;
    }

    private bool TryCopy(in ViewRow view, out int copy)
    {
        copy = 0;
        _row[0] = view;
        Unshare(ref _row[0]);
        _row[0].InPlayerIndex = false;
        if (_rows.TryAdd(ref copy, _row[0]))
        {
            return true;
        }

        ledger.Drop(ref _row[0]);
        watched.Forget(ref _row[0]);
        return false;
    }

    private void ReturnRow(ref int copy)
    {
        if (copy != 0)
        {
            ledger.Drop(ref _rows.Last(copy));
            watched.Forget(ref _rows.Last(copy));
            _rows.Return(ref copy);
        }
    }

    private void Unshare(ref ViewRow view)
    {
        ledger.Unshare(ref view);
        watched.Unshare(ref view);
    }
}
