namespace StreamSense.Core.Metrics.Samples;

/// <summary>How many views are named for each condition.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class SampleOptions
{
    /// <summary>How many views a snapshot names for a condition; four times as many are kept, in case some are corrected.</summary>
    /// <value>10.</value>
    public int ViewsPerCondition { get; set; } = 10;

    /// <summary>The unknown time from which on a view is worth looking into.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan LongUnknownTime { get; set; } = TimeSpan.FromSeconds(60);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ViewsPerCondition);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ViewsPerCondition, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongUnknownTime, TimeSpan.Zero);
    }
}
