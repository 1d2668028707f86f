namespace StreamSense.Core.Windows;

/// <summary>How far behind the latest event time a watermark is, and how long it waits for a source that is silent.</summary>
/// <remarks>A value; thread-safe. The default value is <see cref="Ascending"/>.</remarks>
public readonly record struct WatermarkPolicy
{
    private WatermarkPolicy(TimeSpan delay, TimeSpan? idleAfter) => (Delay, IdleAfter) = (delay, idleAfter);

    /// <summary>For sources whose times ascend: the watermark is the latest time.</summary>
    public static WatermarkPolicy Ascending => default;

    /// <summary>How far the watermark is behind the latest time of a source.</summary>
    public TimeSpan Delay { get; }

    /// <summary>After what silence a source is waited for no more; null waits for every source that was ever heard.</summary>
    public TimeSpan? IdleAfter { get; }

    /// <summary>For sources that are out of order by a bounded time: the watermark is that much behind the latest time.</summary>
    /// <param name="delay">The bound, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public static WatermarkPolicy BoundedDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new WatermarkPolicy(delay, idleAfter: null);
    }

    /// <summary>The same policy, that does not wait for a source that has been silent for a time.</summary>
    /// <param name="silence">The silence, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The silence is not positive.</exception>
    public WatermarkPolicy WithIdleAfter(TimeSpan silence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(silence, TimeSpan.Zero);
        return new WatermarkPolicy(Delay, silence);
    }
}
