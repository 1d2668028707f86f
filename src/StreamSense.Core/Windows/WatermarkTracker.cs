using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>One watermark for several sources: no later than what the slowest of those that are heard of has reached.</summary>
/// <remarks>
/// One thread at a time; allocates nothing after it is made. A time ahead of its arrival moves the watermark only to the arrival, so that
/// a fast clock does not make the others late. The watermark never goes back: a source that was idle and returns with older times finds
/// them late. Where every source is idle the watermark follows the clock, the policy's silence and delay behind it, so that windows
/// close at night, too.
/// </remarks>
public sealed class WatermarkTracker
{
    private readonly long[] _latest;
    private readonly long[] _heard;
    private readonly long _delay;
    private readonly long _idleAfter;
    private long _current = long.MinValue;
    private int _sources;

    /// <summary>Makes a tracker that has heard of no source.</summary>
    /// <param name="policy">Delay and silence.</param>
    /// <param name="sourceCapacity">One more than the greatest number of a source's symbol.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not between 1 and 65,536.</exception>
    public WatermarkTracker(WatermarkPolicy policy, int sourceCapacity = 1026)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sourceCapacity, ushort.MaxValue + 1);
        _latest = new long[sourceCapacity];
        _heard = new long[sourceCapacity];
        _delay = policy.Delay.Ticks / TimeSpan.TicksPerMicrosecond;
        _idleAfter = policy.IdleAfter is { } silence ? silence.Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue;
        Array.Fill(_latest, long.MinValue);
    }

    /// <summary>The watermark; null before the first <see cref="AdvanceTo"/> that knew a source.</summary>
    public EventTime? Current => _current == long.MinValue ? null : new EventTime(_current);

    /// <summary>An event of a source has arrived.</summary>
    /// <param name="source">The source.</param>
    /// <param name="time">When the event happened.</param>
    /// <param name="arrived">When it arrived, by the clock of <see cref="AdvanceTo"/>.</param>
    public void Note(Symbol source, EventTime time, EventTime arrived)
    {
        _sources = Math.Max(_sources, source.Value + 1);
        ref long latest = ref _latest[source.Value];
        latest = Math.Max(latest, Math.Min(time.UnixMicroseconds, arrived.UnixMicroseconds));
        _heard[source.Value] = Math.Max(_heard[source.Value], arrived.UnixMicroseconds);
    }

    /// <summary>Works out the watermark.</summary>
    /// <param name="now">The clock by which events arrive.</param>
    /// <returns>The watermark; null if no source was ever heard of.</returns>
    public EventTime? AdvanceTo(EventTime now)
    {
        long slowest = long.MaxValue;
        bool any = false;
        for (int source = 0; source < _sources; source++)
        {
            if (_latest[source] != long.MinValue)
            {
                any = true;
                slowest = now.UnixMicroseconds - _heard[source] > _idleAfter ? slowest : Math.Min(slowest, _latest[source]);
            }
        }

        if (any)
        {
            long reached = slowest == long.MaxValue ? now.UnixMicroseconds - _idleAfter : slowest;
            _current = Math.Max(_current, reached - _delay);
        }

        return Current;
    }
}
