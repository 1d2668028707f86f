using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Corrects the times of events by the clocks of their views, and keeps those whose clock is not settled yet.</summary>
/// <remarks>
/// The views' clocks lie in the rows of the sequence table. What has been settled waits in <see cref="TryPeekSettled"/> with its times
/// corrected, in the order of arrival within a view. Bounded: a full pool gives up the view that has waited longest. One thread at a time.
/// </remarks>
internal sealed class UnsettledEvents
{
    private readonly SequenceTable _views;
    private readonly HeldEvents _held;
    private readonly ClockPolicy _policy;
    private readonly long _patience;
    private readonly Queue<Ticket> _waiting = new();
    private readonly Queue<int> _settled = new();

    public UnsettledEvents(AdmissionOptions options, SequenceTable views)
    {
        _views = views;
        _held = new HeldEvents(options.MaxHeldEvents);
        _policy = options.Clocks;
        _patience = options.ClockPatience.Ticks;
    }

    /// <summary>Which clocks are put right.</summary>
    public ClockPolicy Policy => _policy;

    /// <summary>How many events wait, or are settled and not yet taken.</summary>
    public int Count => _held.Count;

    /// <summary>Whether the pool is full: no event may be offered before <see cref="GiveUpOldest"/> and taking what is settled.</summary>
    public bool IsFull => _held.IsFull;

    /// <summary>When the next view is given up, in clock ticks; <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDue
    {
        get
        {
            SkipSettled();
            return _settled.Count > 0 ? long.MinValue
                : _waiting.TryPeek(out Ticket ticket) ? ticket.Arrival + _patience
                : long.MaxValue;
        }
    }

    /// <summary>Whether it is known of an event when it was received, so that its view's clock can be judged.</summary>
    public bool Concerns(in StreamEvent e) =>
        _policy.Corrects && (e.ReceivedAfterMilliseconds != 0 || e.CorrectionMilliseconds != 0);

    /// <summary>Corrects an event, or keeps it.</summary>
    /// <param name="e">The event; its times are corrected if it need not wait.</param>
    /// <param name="row">The row of its view.</param>
    /// <param name="annex">Its annex; copied if it has to wait.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <returns>Whether the event goes on at once; else it is kept here.</returns>
    public bool TryCorrect(ref StreamEvent e, int row, ReadOnlySpan<byte> annex, long now)
    {
        ref SequenceTable.Row view = ref _views[row];
        bool isCorrected = (e.Flags & (EventFlags.ClockKnown | EventFlags.Replayed)) != 0;
        bool settles = view.Clock.Judgement == ViewClock.State.Watched;
        if (view.Clock.Observe(e, _policy) && !settles)
        {
            if (!isCorrected && view.Clock.OffsetMilliseconds != 0)
            {
                ViewClock.Shift(ref e, view.Clock.OffsetMilliseconds);
            }

            return true;
        }

        Keep(ref view, e, row, annex, now);
        if (view.Clock.Judgement == ViewClock.State.Settled)
        {
            Release(row);
        }

        return false;
    }

    /// <summary>Lets a view go uncorrected: its row is about to be forgotten.</summary>
    public void GiveUp(int row)
    {
        ref SequenceTable.Row view = ref _views[row];
        if (view.FirstUnsettled != HeldEvents.None)
        {
            view.Clock.Settle(0);
            Release(row);
        }
    }

    /// <summary>Lets the view go uncorrected that has waited longest.</summary>
    public void GiveUpOldest()
    {
        SkipSettled();
        if (_waiting.TryPeek(out Ticket ticket))
        {
            GiveUp(ticket.Row);
        }
    }

    /// <summary>Lets the views go uncorrected whose patience has ended.</summary>
    public void ReleaseDue(long now)
    {
        for (SkipSettled(); _waiting.TryPeek(out Ticket ticket) && now - _patience >= ticket.Arrival; SkipSettled())
        {
            GiveUp(ticket.Row);
        }
    }

    /// <summary>Looks at the next event that is settled.</summary>
    public bool TryPeekSettled(out int slot) => _settled.TryPeek(out slot);

    /// <summary>The event of a slot.</summary>
    public ref HeldEvents.Slot this[int slot] => ref _held[slot];

    /// <summary>Gives back the slot of the event that was peeked at.</summary>
    public void Advance() => _held.Free(_settled.Dequeue());

    private void Keep(ref SequenceTable.Row view, in StreamEvent e, int row, ReadOnlySpan<byte> annex, long now)
    {
        int slot = _held.Hold(e, annex, now);
        if (view.FirstUnsettled == HeldEvents.None)
        {
            view.FirstUnsettled = slot;
            _waiting.Enqueue(new Ticket(slot, _held[slot].Generation, now, row));
        }
        else
        {
            _held[view.LastUnsettled].Next = slot;
        }

        view.LastUnsettled = slot;
    }

    private void Release(int row)
    {
        ref SequenceTable.Row view = ref _views[row];
        int offset = view.Clock.OffsetMilliseconds;
        for (int slot = view.FirstUnsettled; slot != HeldEvents.None; slot = _held[slot].Next)
        {
            ref HeldEvents.Slot held = ref _held[slot];
            held.State = HeldEvents.SlotState.Ready;
            if (offset != 0 && (held.Event.Flags & (EventFlags.ClockKnown | EventFlags.Replayed)) == 0)
            {
                ViewClock.Shift(ref held.Event, offset);
            }

            _settled.Enqueue(slot);
        }

        view.FirstUnsettled = HeldEvents.None;
    }

    // The first event of each waiting view has a ticket; one whose view was settled since is worth nothing any more.
    private void SkipSettled()
    {
        while (_waiting.TryPeek(out Ticket ticket)
            && (_held[ticket.Slot].Generation != ticket.Generation || _held[ticket.Slot].State != HeldEvents.SlotState.Waiting))
        {
            _waiting.Dequeue();
        }
    }

    private readonly record struct Ticket(int Slot, int Generation, long Arrival, int Row);
}
