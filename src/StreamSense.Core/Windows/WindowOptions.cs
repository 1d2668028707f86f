namespace StreamSense.Core.Windows;

/// <summary>How long windows wait for late inputs, and how far ahead inputs may be.</summary>
/// <remarks>Read once, when the operator is made. Together with the length of the windows they bound what is kept.</remarks>
public sealed class WindowOptions
{
    /// <summary>How long after its end, by the watermark, a window still takes inputs and is told again.</summary>
    /// <value>1 minute.</value>
    public TimeSpan AllowedLateness { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far ahead of the watermark an input may be; one further ahead is refused and counted.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan MaxAhead { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AllowedLateness, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AllowedLateness, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAhead, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxAhead, TimeSpan.FromDays(366));
    }
}
