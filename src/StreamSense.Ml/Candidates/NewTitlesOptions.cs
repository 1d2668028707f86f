namespace StreamSense.Ml.Candidates;

/// <summary>What <see cref="NewTitleCandidates"/> counts as new, and how many of them it proposes.</summary>
public sealed class NewTitlesOptions
{
    /// <summary>How long after its publication a title is new.</summary>
    /// <value>Default 14 days.</value>
    public TimeSpan NewFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How many titles a request is proposed.</summary>
    /// <value>Default 5.</value>
    public int Quota { get; set; } = 5;

    /// <summary>From how many showings on a title has had its chance and is proposed no more.</summary>
    /// <value>Default 10,000.</value>
    public long EnoughShowings { get; set; } = 10_000;

    /// <summary>How many new titles are kept, beyond it the newest; and as many announced ones, beyond it the next to come.</summary>
    /// <value>Default 1,000 (about 40 KiB).</value>
    public int MaxTitles { get; set; } = 1_000;

    /// <summary>How much event time passes at least between two readings of a catalogue that changes.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(NewFor, Quota, EnoughShowings, MaxTitles, RefreshInterval);

    private static void Check(TimeSpan newFor, int quota, long enoughShowings, int maxTitles, TimeSpan refreshInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(newFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(quota, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quota, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(enoughShowings, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTitles, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxTitles, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(refreshInterval, TimeSpan.Zero);
    }
}
