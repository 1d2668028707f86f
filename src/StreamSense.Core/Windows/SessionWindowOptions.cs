namespace StreamSense.Core.Windows;

/// <summary>When session windows end, how long they wait for late inputs, and how many are kept.</summary>
/// <remarks>Read once, when the operator is made.</remarks>
public sealed class SessionWindowOptions
{
    /// <summary>Two inputs of a key that are less than this apart lie in one window.</summary>
    /// <value>30 minutes.</value>
    public TimeSpan Gap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its end, by the watermark, a window still takes inputs and is told again.</summary>
    /// <value>1 minute.</value>
    public TimeSpan AllowedLateness { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many windows are kept; for one more, the window that is due first is told as it is and forgotten.</summary>
    /// <value>65,536.</value>
    public int MaxWindows { get; set; } = 65_536;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Gap, TimeSpan.FromMicroseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Gap, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfLessThan(AllowedLateness, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AllowedLateness, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWindows, 2);
    }
}
