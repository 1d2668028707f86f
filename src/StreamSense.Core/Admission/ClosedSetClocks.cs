using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Puts right the clocks behind the views of a closed set: the same judgement as live, over the order of receipt.</summary>
/// <remarks>Follows from the set, not from the order in which it was read.</remarks>
internal sealed class ClosedSetClocks(ClockPolicy policy, ContextTable contexts)
{
    private readonly Dictionary<ulong, ViewClock> _clocks = [];
    private int _concerned;

    /// <summary>Whether any event says enough for its view's clock to be judged.</summary>
    public bool IsNeeded => _concerned > 0;

    /// <summary>Notes that an event was added.</summary>
    public void Add(in StreamEvent e) => _concerned += Concerns(e) ? 1 : 0;

    /// <summary>Corrects the times of all events; a later call takes back what an earlier one did.</summary>
    /// <param name="events">The events.</param>
    /// <param name="corrected">How many of them an earlier call has been through.</param>
    public void Correct(EventPages events, int corrected)
    {
        for (int i = 0; i < corrected; i++)
        {
            Shift(ref events[i], -1);
        }

        _clocks.Clear();
        var keys = new (long Received, long Time, ulong Id, int Index)[_concerned];
        int count = 0;
        for (int i = 0; i < events.Count; i++)
        {
            ref StreamEvent e = ref events[i];
            if (Concerns(e))
            {
                long time = e.Time.UnixMicroseconds;
                long received = time + (e.ReceivedAfterMilliseconds * EventTime.MicrosecondsPerMillisecond);
                keys[count++] = (received, time, e.Id.Value, i);
            }
        }

        Array.Sort(keys);
        foreach ((_, _, _, int index) in keys)
        {
            ref StreamEvent e = ref events[index];
            ref ViewClock clock = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_clocks, KeyOf(e), out _);
            clock.Observe(e, policy);
        }

        for (int i = 0; i < events.Count; i++)
        {
            Shift(ref events[i], 1);
        }
    }

    private bool Concerns(in StreamEvent e) =>
        policy.Corrects
        && (e.ReceivedAfterMilliseconds != 0 || e.CorrectionMilliseconds != 0)
        && e.Kind is not (EventKind.Title or EventKind.Profile)
        && (!e.View.IsNone || !e.Device.IsNone);

    private ulong KeyOf(in StreamEvent e) =>
        SequenceTable.KeyOf(e.View.IsNone ? new ViewId(e.Device.Value) : e.View, contexts[e.Context].Source);

    private void Shift(ref StreamEvent e, int sign)
    {
        bool isFixed = (e.Flags & (EventFlags.ClockKnown | EventFlags.Replayed)) != 0;
        if (!isFixed && IsOfAClock(e) && _clocks.TryGetValue(KeyOf(e), out ViewClock clock) && clock.OffsetMilliseconds != 0)
        {
            ViewClock.Shift(ref e, sign * clock.OffsetMilliseconds);
        }
    }

    // Asks nothing of the times, which differ before and after: an event received at its corrected time is shifted back too.
    private static bool IsOfAClock(in StreamEvent e) =>
        e.Kind is not (EventKind.Title or EventKind.Profile) && (!e.View.IsNone || !e.Device.IsNone);
}
