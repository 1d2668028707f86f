using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>Event time cut into windows of one length that begin at every step, aligned to the Unix epoch.</summary>
/// <remarks>
/// Immutable. Length and step are multiples of a pane, the greatest common measure of the two: a window is a run of whole panes, and an
/// input belongs to one pane (Li et al. 2005, "No Pane, No Gain"). Where the step is the length the windows tumble.
/// </remarks>
public readonly record struct SlidingWindows
{
    private readonly long _pane;

    /// <summary>Cuts time into windows.</summary>
    /// <param name="length">How long each window is; whole microseconds.</param>
    /// <param name="step">How far apart windows begin; not above the length.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The length or step is not positive, the step is above the length, or a window has more than 100,000 panes.
    /// </exception>
    public SlidingWindows(TimeSpan length, TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMicroseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, length);
        long lengthMicroseconds = length.Ticks / TimeSpan.TicksPerMicrosecond;
        long stepMicroseconds = step.Ticks / TimeSpan.TicksPerMicrosecond;
        _pane = GreatestCommonDivisor(lengthMicroseconds, stepMicroseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthMicroseconds / _pane, 100_000, nameof(length));
        PanesInWindow = (int)(lengthMicroseconds / _pane);
        PanesInStep = (int)(stepMicroseconds / _pane);
    }

    /// <summary>How long each window is.</summary>
    public TimeSpan Length => Pane * PanesInWindow;

    /// <summary>How far apart windows begin.</summary>
    public TimeSpan Step => Pane * PanesInStep;

    /// <summary>The greatest length of which length and step are multiples.</summary>
    public TimeSpan Pane => TimeSpan.FromMicroseconds(_pane);

    /// <summary>How many panes a window has.</summary>
    public int PanesInWindow { get; }

    /// <summary>How many panes lie between the beginnings of two windows.</summary>
    public int PanesInStep { get; }

    /// <summary>Windows that tumble: each begins where the one before it ends.</summary>
    /// <param name="length">How long each window is.</param>
    public static SlidingWindows Tumbling(TimeSpan length) => new(length, length);

    /// <summary>The number of the first window that an instant lies in.</summary>
    /// <param name="time">The instant.</param>
    public long FirstOf(EventTime time) => FirstOfPane(PaneOf(time.UnixMicroseconds));

    /// <summary>The number of the last window that an instant lies in.</summary>
    /// <param name="time">The instant.</param>
    public long LastOf(EventTime time) => LastOfPane(PaneOf(time.UnixMicroseconds));

    /// <summary>The instant at which a window begins; it belongs to the window.</summary>
    /// <param name="index">The number of the window.</param>
    public EventTime StartOf(long index) => new(index * PanesInStep * _pane);

    /// <summary>The instant at which a window ends; it does not belong to the window.</summary>
    /// <param name="index">The number of the window.</param>
    public EventTime EndOf(long index) => new(((index * PanesInStep) + PanesInWindow) * _pane);

    internal long PaneOf(long microseconds) => FloorDivide(microseconds, _pane);

    internal long FirstOfPane(long pane) => FloorDivide(pane - PanesInWindow, PanesInStep) + 1;

    internal long LastOfPane(long pane) => FloorDivide(pane, PanesInStep);

    /// <summary>The number of the last window that ends at an instant or before it.</summary>
    internal long LastEndedAt(long microseconds) => FloorDivide(FloorDivide(microseconds, _pane) - PanesInWindow, PanesInStep);

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
