using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>How fast what is remembered fades: after one half-life it counts half.</summary>
public readonly record struct HalfLife
{
    private readonly double _inverseMicroseconds;

    /// <summary>A half-life.</summary>
    /// <param name="duration">The duration after which a weight has halved.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive.</exception>
    public HalfLife(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        Duration = duration;
        _inverseMicroseconds = 1.0 / duration.TotalMicroseconds;
    }

    /// <summary>The duration after which a weight has halved.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What is left at one instant of a weight of 1 given at another; 1 if that lies in the future.</summary>
    /// <param name="from">When the weight was given.</param>
    /// <param name="now">The instant asked for.</param>
    public double WeightAt(EventTime from, EventTime now)
    {
        long age = now.UnixMicroseconds - from.UnixMicroseconds;
        return age <= 0 ? 1.0 : PowerOfTwo.Raise(-age * _inverseMicroseconds);
    }
}
