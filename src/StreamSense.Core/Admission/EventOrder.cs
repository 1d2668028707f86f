using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>
/// Puts the events of a view in order as they arrive: by <c>seq</c> where it is given, else by time, and in one instant as they came.
/// </summary>
/// <remarks>
/// With contiguous numbers (from 0 on) an event applies at once; the first of a sequence that begins otherwise waits for the reorder
/// horizon. Events beyond a gap wait for what is missing, events of a view without a number
/// wait for the reorder horizon, both in one bounded pool; when that is full, or patience ends, they apply without their
/// predecessor. An event whose number was passed over applies when it comes. One thread at a time.
/// </remarks>
internal sealed class EventOrder
{
    // Bounds the cost of finding an event's place among those that wait in one sequence.
    private const int MaxHeldPerSequence = 1024;

    private readonly HeldEvents _held;
    private readonly SequenceTable _sequences;
    private readonly long _horizon;
    private readonly long _patience;
    private readonly Queue<Ticket> _gaps = new();
    private readonly Queue<Ticket> _starts = new();
    private readonly Queue<Ticket> _unnumbered = new();
    private readonly PriorityQueue<Ticket, (long Time, long Place)> _byTime = new();
    private readonly Queue<int> _ready = new();
    private long _offered;

    public EventOrder(AdmissionOptions options)
        : this(options, new SequenceTable(options.MaxSequences))
    {
    }

    public EventOrder(AdmissionOptions options, SequenceTable sequences)
    {
        _held = new HeldEvents(options.MaxHeldEvents);
        _sequences = sequences;
        _horizon = options.ReorderHorizon.Ticks;
        _patience = options.GapPatience.Ticks;
    }

    /// <summary>Told of a row that is about to be forgotten.</summary>
    public Action<int>? Forgetting { get; init; }

    /// <summary>How many events wait or are ready to be taken.</summary>
    public int Count => _held.Count;

    /// <summary>Whether the pool is full: no event may be offered before <see cref="ReleaseOldest"/> and taking what is ready.</summary>
    public bool IsFull => _held.IsFull;

    /// <summary>When the next waiting event becomes due, in clock ticks; <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDue
    {
        get
        {
            if (_ready.Count > 0)
            {
                return long.MinValue;
            }

            long due = long.MaxValue;
            due = Earliest(_gaps, _patience, due);
            due = Earliest(_starts, _horizon, due);
            return Earliest(_unnumbered, _horizon, due);
        }
    }

    /// <summary>Whether an event is one of a sequence.</summary>
    public static bool IsNumbered(in StreamEvent streamEvent) =>
        !streamEvent.View.IsNone && (streamEvent.Flags & EventFlags.HasSequence) != 0;

    /// <summary>Takes an event.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="source">Its source.</param>
    /// <param name="annex">Its annex; copied if the event has to wait.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <returns>Whether the event applies at once; else it waits here.</returns>
    public bool Offer(in StreamEvent streamEvent, Symbol source, ReadOnlySpan<byte> annex, long now) =>
        OfferIn(IsNumbered(streamEvent) ? RowOf(streamEvent.View, source) : SequenceTable.None, streamEvent, annex, now);

    /// <summary>Takes an event whose row is known, if it is one of a sequence.</summary>
    public bool OfferIn(int row, in StreamEvent streamEvent, ReadOnlySpan<byte> annex, long now)
    {
        if (streamEvent.View.IsNone)
        {
            return true;
        }

        if ((streamEvent.Flags & EventFlags.HasSequence) == 0)
        {
            if (_horizon == 0)
            {
                return true;
            }

            Ticket ticket = Hold(streamEvent, annex, now);
            _unnumbered.Enqueue(ticket);
            _byTime.Enqueue(ticket, (streamEvent.Time.UnixMicroseconds, _offered++));
            return false;
        }

        ref SequenceTable.Row sequence = ref _sequences[row];
        if (streamEvent.Sequence == 0)
        {
            // Nothing can come before 0. A sequence that begins with another number may be one joined in the middle, so it waits.
            sequence.Started = true;
        }

        if (sequence.Started && streamEvent.Sequence <= sequence.Next)
        {
            if (streamEvent.Sequence == sequence.Next)
            {
                sequence.Next++;
                ReadyContiguous(row);
            }

            return true;
        }

        HoldInSequence(row, streamEvent, annex, now);
        return false;
    }

    /// <summary>Notes an event that was ordered before: what follows it in its sequence applies at once.</summary>
    public void Observe(in StreamEvent streamEvent, Symbol source)
    {
        if (!streamEvent.View.IsNone && (streamEvent.Flags & EventFlags.HasSequence) != 0)
        {
            ref SequenceTable.Row sequence = ref _sequences[RowOf(streamEvent.View, source)];
            sequence.Next = sequence.Started ? Math.Max(sequence.Next, streamEvent.Sequence + 1UL) : streamEvent.Sequence + 1UL;
            sequence.Started = true;
        }
    }

    /// <summary>Makes the events ready whose patience has ended.</summary>
    public void ReleaseDue(long now)
    {
        while (TryDequeueDue(_unnumbered, _horizon, now, out Ticket ticket))
        {
            ReadyByTime(ticket);
        }

        while (TryDequeueDue(_starts, _horizon, now, out Ticket ticket))
        {
            ReadySequence(ticket);
        }

        while (TryDequeueDue(_gaps, _patience, now, out Ticket ticket))
        {
            ReadySequence(ticket);
        }
    }

    /// <summary>Makes every event ready: nothing more is expected.</summary>
    public void ReleaseAll() => ReleaseDue(long.MaxValue - 1);

    /// <summary>Makes the event ready that has waited longest, without its predecessor.</summary>
    public void ReleaseOldest()
    {
        long gap = OldestArrival(_gaps);
        long start = OldestArrival(_starts);
        long unnumbered = OldestArrival(_unnumbered);
        if (unnumbered <= gap && unnumbered <= start)
        {
            if (_unnumbered.TryDequeue(out Ticket ticket))
            {
                ReadyByTime(ticket);
            }
        }
        else
        {
            ReadySequence((gap <= start ? _gaps : _starts).Dequeue());
        }
    }

    /// <summary>Takes the next event that is ready.</summary>
    /// <param name="slot">Its slot; give it back with <see cref="Free"/>.</param>
    public bool TryTakeReady(out int slot) => _ready.TryDequeue(out slot);

    /// <summary>Looks at the next event that is ready.</summary>
    public bool TryPeekReady(out int slot) => _ready.TryPeek(out slot);

    /// <summary>The event of a slot.</summary>
    public ref HeldEvents.Slot this[int slot] => ref _held[slot];

    /// <summary>Gives a slot back.</summary>
    public void Free(int slot) => _held.Free(slot);

    private long Earliest(Queue<Ticket> queue, long wait, long due)
    {
        long arrival = OldestArrival(queue);
        return arrival == long.MaxValue ? due : Math.Min(due, arrival + wait);
    }

    private long OldestArrival(Queue<Ticket> queue)
    {
        while (queue.TryPeek(out Ticket ticket))
        {
            if (IsWaiting(ticket))
            {
                return ticket.Arrival;
            }

            queue.Dequeue();
        }

        return long.MaxValue;
    }

    private bool TryDequeueDue(Queue<Ticket> queue, long wait, long now, out Ticket ticket)
    {
        while (queue.TryPeek(out ticket))
        {
            if (!IsWaiting(ticket))
            {
                queue.Dequeue();
            }
            else if (now - wait < ticket.Arrival)
            {
                return false;
            }
            else
            {
                queue.Dequeue();
                return true;
            }
        }

        return false;
    }

    private bool IsWaiting(Ticket ticket)
    {
        ref HeldEvents.Slot slot = ref _held[ticket.Slot];
        return slot.Generation == ticket.Generation && slot.State == HeldEvents.SlotState.Waiting;
    }

    /// <summary>The row of a view in the table of sequences, made if there is none; another may be forgotten for it.</summary>
    public int RowOf(ViewId view, Symbol source)
    {
        ulong key = SequenceTable.KeyOf(view, source);
        int row = _sequences.Find(key);
        if (row != SequenceTable.None)
        {
            return row;
        }

        int forgotten = _sequences.RowToForget;
        if (forgotten != SequenceTable.None)
        {
            Forgetting?.Invoke(forgotten);
            while (_sequences[forgotten].FirstHeld != HeldEvents.None)
            {
                ReadyFirst(forgotten);
            }
        }

        return _sequences.Add(key);
    }

    private Ticket Hold(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, long now)
    {
        int slot = _held.Hold(streamEvent, annex, now);
        return new Ticket(slot, _held[slot].Generation, now, SequenceTable.None);
    }

    private void HoldInSequence(int row, in StreamEvent streamEvent, ReadOnlySpan<byte> annex, long now)
    {
        if (_sequences[row].HeldCount == MaxHeldPerSequence)
        {
            ReadyFirst(row);
            ReadyContiguous(row);
        }

        Ticket ticket = Hold(streamEvent, annex, now) with { Row = row };
        ref SequenceTable.Row sequence = ref _sequences[row];
        (sequence.Started ? _gaps : _starts).Enqueue(ticket);
        ref int link = ref sequence.FirstHeld;
        while (link != HeldEvents.None && _held[link].Event.Sequence <= streamEvent.Sequence)
        {
            link = ref _held[link].Next;
        }

        _held[ticket.Slot].Next = link;
        link = ticket.Slot;
        sequence.HeldCount++;
    }

    private void ReadyByTime(Ticket until)
    {
        while (_byTime.TryDequeue(out Ticket ticket, out _))
        {
            if (IsWaiting(ticket))
            {
                MakeReady(ticket.Slot);
            }

            if (ticket == until)
            {
                return;
            }
        }
    }

    // The row of a waiting event cannot have been given to another sequence: a forgotten row makes its events ready.
    private void ReadySequence(Ticket until)
    {
        while (IsWaiting(until))
        {
            ReadyFirst(until.Row);
        }

        ReadyContiguous(until.Row);
    }

    private void ReadyFirst(int row)
    {
        ref SequenceTable.Row sequence = ref _sequences[row];
        int slot = sequence.FirstHeld;
        ref HeldEvents.Slot held = ref _held[slot];
        sequence.FirstHeld = held.Next;
        sequence.HeldCount--;
        sequence.Started = true;
        sequence.Next = Math.Max(sequence.Next, held.Event.Sequence + 1UL);
        MakeReady(slot);
    }

    private void ReadyContiguous(int row)
    {
        ref SequenceTable.Row sequence = ref _sequences[row];
        while (sequence.FirstHeld != HeldEvents.None && _held[sequence.FirstHeld].Event.Sequence <= sequence.Next)
        {
            ReadyFirst(row);
        }
    }

    private void MakeReady(int slot)
    {
        _held[slot].State = HeldEvents.SlotState.Ready;
        _ready.Enqueue(slot);
    }

    private readonly record struct Ticket(int Slot, int Generation, long Arrival, int Row);
}
