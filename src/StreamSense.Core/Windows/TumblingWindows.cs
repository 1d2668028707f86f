using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>Event time cut into windows of one length, each beginning where the one before it ends, aligned to the Unix epoch.</summary>
/// <remarks>Immutable.</remarks>
public readonly record struct TumblingWindows
{
    private readonly long _length;

    /// <summary>Cuts time into windows of a length.</summary>
    /// <param name="length">The length; at least a second, in whole microseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than a second.</exception>
    public TumblingWindows(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromSeconds(1));
        _length = length.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>The length of every window.</summary>
    public TimeSpan Length => TimeSpan.FromTicks(_length * TimeSpan.TicksPerMicrosecond);

    /// <summary>The number of the window that an instant lies in; consecutive windows have consecutive numbers.</summary>
    /// <param name="time">The instant.</param>
    public long IndexOf(EventTime time)
    {
        long index = time.UnixMicroseconds / _length;
        return time.UnixMicroseconds % _length < 0 ? index - 1 : index;
    }

    /// <summary>The instant at which a window begins; it belongs to the window.</summary>
    /// <param name="index">The number of the window.</param>
    public EventTime StartOf(long index) => new(index * _length);

    /// <summary>The instant at which a window ends; it belongs to the next one.</summary>
    /// <param name="index">The number of the window.</param>
    public EventTime EndOf(long index) => new((index + 1) * _length);
}
