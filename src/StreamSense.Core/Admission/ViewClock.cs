using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>What is known of the clock behind the events of one view: one offset, found once, from when its events were received.</summary>
/// <remarks>
/// An event after its own receipt proves a fast clock at once. An event long before its receipt may come from a slow clock or out of a
/// queue: a slow clock runs as fast as the receiver's, a queue is emptied faster than it was filled. So it takes a second witness some
/// seconds on: <see cref="State.Watched"/> until then. Once settled it stays, because durations are differences of device times.
/// </remarks>
internal struct ViewClock
{
    // Between the witnesses, by the receiver's clock: long beside the jitter of a network, short beside the heartbeats of a player.
    private const long WitnessSpan = 5 * EventTime.MicrosecondsPerSecond;

    private long _firstReceived;
    private long _earliest;
    private long _latest;
    private int _leastDelay;
    private State _state;

    /// <summary>How far the judgement has come.</summary>
    internal enum State : byte
    {
        Unknown,
        Watched,
        Settled,
    }

    /// <summary>How far the judgement has come.</summary>
    public readonly State Judgement => _state;

    /// <summary>What to add to the times of the view's events, in milliseconds; 0 until it is settled.</summary>
    public int OffsetMilliseconds { get; private set; }

    /// <summary>Looks at an event of which it is known when it was received.</summary>
    /// <returns>Whether the clock is settled now.</returns>
    public bool Observe(in StreamEvent e, in ClockPolicy policy)
    {
        if (_state == State.Settled)
        {
            return true;
        }

        if ((e.Flags & (EventFlags.ClockKnown | EventFlags.Replayed)) != 0)
        {
            // What was put right before, by the sender or an earlier run, holds for the rest of the view.
            int correction = e.CorrectionMilliseconds;
            bool matters = correction < -policy.AheadMilliseconds || correction > policy.BehindMilliseconds;
            Settle(matters ? correction : 0);
            return true;
        }

        int delay = e.ReceivedAfterMilliseconds;
        if (delay < -policy.AheadMilliseconds)
        {
            // After a long delay a clock that is ahead contradicts itself: nothing can be known.
            Settle(_state == State.Unknown ? delay : 0);
            return true;
        }

        if (delay <= policy.BehindMilliseconds)
        {
            Settle(0);
            return true;
        }

        Watch(e.Time.UnixMicroseconds, delay, policy);
        return _state == State.Settled;
    }

    /// <summary>Ends the judgement.</summary>
    public void Settle(int offsetMilliseconds)
    {
        OffsetMilliseconds = offsetMilliseconds;
        _state = State.Settled;
    }

    /// <summary>Moves an event by an offset.</summary>
    public static void Shift(ref StreamEvent e, int offsetMilliseconds)
    {
        e.Time = new EventTime(e.Time.UnixMicroseconds + (offsetMilliseconds * EventTime.MicrosecondsPerMillisecond));
        e.CorrectionMilliseconds = Saturated((long)e.CorrectionMilliseconds + offsetMilliseconds);
        e.ReceivedAfterMilliseconds = Saturated((long)e.ReceivedAfterMilliseconds - offsetMilliseconds);
    }

    private static int Saturated(long milliseconds) => (int)Math.Clamp(milliseconds, -int.MaxValue, int.MaxValue);

    private void Watch(long time, int delay, in ClockPolicy policy)
    {
        long received = time + (delay * EventTime.MicrosecondsPerMillisecond);
        if (_state == State.Unknown)
        {
            _state = State.Watched;
            _firstReceived = received;
            _earliest = time;
            _latest = time;
            _leastDelay = delay;
            return;
        }

        _earliest = Math.Min(_earliest, time);
        _latest = Math.Max(_latest, time);
        _leastDelay = Math.Min(_leastDelay, delay);
        long sent = _latest - _earliest;
        long heard = received - _firstReceived;
        if (sent - heard > policy.BehindMilliseconds * EventTime.MicrosecondsPerMillisecond)
        {
            Settle(0);
        }
        else if (heard >= WitnessSpan && 2 * sent >= heard && 2 * sent <= 3 * heard)
        {
            Settle(_leastDelay);
        }
    }
}
