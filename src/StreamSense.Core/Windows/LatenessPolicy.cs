using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>How late an event may be, measured against the watermark of its source.</summary>
/// <remarks>A value; thread-safe.</remarks>
public readonly record struct LatenessPolicy
{
    private readonly long _dropAfterMicroseconds;

    private LatenessPolicy(long dropAfterMicroseconds) => _dropAfterMicroseconds = dropAfterMicroseconds;

    /// <summary>Nothing is late: the policy of a closed set.</summary>
    public static LatenessPolicy AcceptAll => new(long.MaxValue);

    /// <summary>How far behind its source's watermark an event may be; null for <see cref="AcceptAll"/>.</summary>
    public TimeSpan? Allowed =>
        _dropAfterMicroseconds == long.MaxValue ? null : TimeSpan.FromMicroseconds(_dropAfterMicroseconds);

    /// <summary>Events further behind their source's watermark than this are counted as late and change nothing.</summary>
    /// <param name="after">The allowed lateness, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static LatenessPolicy Drop(TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        return new LatenessPolicy(after.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Whether an event is too late.</summary>
    /// <param name="time">The event's time.</param>
    /// <param name="watermark">The watermark of its source.</param>
    public bool IsLate(EventTime time, EventTime watermark) =>
        watermark.UnixMicroseconds > time.UnixMicroseconds
        && watermark.UnixMicroseconds - time.UnixMicroseconds > _dropAfterMicroseconds;
}
