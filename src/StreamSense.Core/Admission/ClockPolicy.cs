namespace StreamSense.Core.Admission;

/// <summary>How far a sender's clock may be off before a view is put right by when its events were received.</summary>
/// <remarks>
/// Serves events without <c>sent</c>; with it the door has corrected them already. A value; thread-safe. The rule and its reasons:
/// <c>docs/decisions/0007-clock-skew.md</c>.
/// </remarks>
public readonly record struct ClockPolicy
{
    private readonly int _aheadMilliseconds;
    private readonly int _behindMilliseconds;
    private readonly bool _corrects;

    private ClockPolicy(int aheadMilliseconds, int behindMilliseconds)
    {
        _aheadMilliseconds = aheadMilliseconds;
        _behindMilliseconds = behindMilliseconds;
        _corrects = true;
    }

    /// <summary>Every clock is taken at its word.</summary>
    public static ClockPolicy Trust => default;

    /// <summary>Clocks more than 5 seconds ahead or a minute behind are put right.</summary>
    public static ClockPolicy Default => Correct(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    /// <summary>Whether any clock is put right.</summary>
    public bool Corrects => _corrects;

    internal int AheadMilliseconds => _aheadMilliseconds;

    internal int BehindMilliseconds => _behindMilliseconds;

    /// <summary>Puts right what lies outside these bounds.</summary>
    /// <param name="ahead">How far after its receipt an event may lie: nothing but a wrong clock makes it so.</param>
    /// <param name="behind">How far before its receipt the latest event of a view may lie: batching and retries make it so too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative, or longer than a day.</exception>
    public static ClockPolicy Correct(TimeSpan ahead, TimeSpan behind)
    {
        Check(ahead, nameof(ahead));
        Check(behind, nameof(behind));
        return new ClockPolicy((int)ahead.TotalMilliseconds, (int)behind.TotalMilliseconds);
    }

    private static void Check(TimeSpan bound, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bound, TimeSpan.FromDays(1), name);
    }
}
