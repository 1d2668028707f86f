namespace StreamSense.Core.Delivery;

/// <summary>How often, and after which delays, a failed batch is tried again.</summary>
/// <remarks>
/// Immutable. Delays double up to the longest; each is drawn evenly from the upper half of its range ("equal jitter", M. Brooker,
/// "Exponential Backoff and Jitter", 2015), so that hosts that lost one database do not return to it in step.
/// </remarks>
public sealed class RetrySchedule
{
    private RetrySchedule(TimeSpan first, TimeSpan longest, int attempts)
    {
        First = first;
        Longest = longest;
        Attempts = attempts;
    }

    /// <summary>Eight attempts, 100 ms to 10 s apart: some ten seconds of outage are bridged.</summary>
    public static RetrySchedule Default { get; } = Exponential(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), attempts: 8);

    /// <summary>One attempt: what fails is dropped at once.</summary>
    public static RetrySchedule Never { get; } = new(TimeSpan.Zero, TimeSpan.Zero, attempts: 1);

    /// <summary>The upper end of the first delay.</summary>
    public TimeSpan First { get; }

    /// <summary>The upper end of the longest delay.</summary>
    public TimeSpan Longest { get; }

    /// <summary>How many attempts a batch gets, the first included.</summary>
    public int Attempts { get; }

    /// <summary>Delays that double.</summary>
    /// <param name="first">The upper end of the first delay.</param>
    /// <param name="longest">The upper end of the longest delay; at most one day.</param>
    /// <param name="attempts">How many attempts a batch gets, the first included.</param>
    /// <exception cref="ArgumentOutOfRangeException">A delay is not positive, they are out of order, or there is no attempt.</exception>
    public static RetrySchedule Exponential(TimeSpan first, TimeSpan longest, int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        return new RetrySchedule(first, longest, attempts);
    }

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="failures">How many attempts of the batch have failed, from 1.</param>
    /// <param name="jitter">A random number from 0 (inclusive) to 1 (exclusive).</param>
    public TimeSpan DelayAfter(int failures, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        double ceiling = Math.Min(First.Ticks * Math.Pow(2, failures - 1), Longest.Ticks);
        return new TimeSpan((long)(ceiling * (0.5 + (0.5 * jitter))));
    }
}
