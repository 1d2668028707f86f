namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>How much <see cref="AudienceTrendingCandidates"/> remembers of each audience.</summary>
public sealed class AudienceTrendingOptions
{
    /// <summary>How fast plays fade.</summary>
    /// <value>Default 24 hours.</value>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many audiences there may be; plays of a further one are counted as refused.</summary>
    /// <value>Default 256.</value>
    public int MaxAudiences { get; set; } = 256;

    /// <summary>How many titles of an audience are remembered; beyond it the half least played is forgotten.</summary>
    /// <value>Default 2,048 (about 130 KiB an audience when full).</value>
    public int MaxTitles { get; set; } = 2_048;

    /// <summary>How many titles an audience's list holds.</summary>
    /// <value>Default 500.</value>
    public int ListLength { get; set; } = 500;

    /// <summary>How many plays a rating counts as, however it turns out: rating is interest.</summary>
    /// <value>Default 1; 0 leaves ratings out.</value>
    public double RatingWeight { get; set; } = 1;

    /// <summary>How much event time passes at least between two listings of an audience.</summary>
    /// <value>Default 1 second.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(HalfLife, MaxAudiences, MaxTitles, ListLength, RatingWeight, RefreshInterval);

    private static void Check(
        TimeSpan halfLife, int maxAudiences, int maxTitles, int listLength, double ratingWeight, TimeSpan refreshInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAudiences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTitles, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(listLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(refreshInterval, TimeSpan.Zero);
        if (!(ratingWeight is >= 0 and <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(ratingWeight), ratingWeight, "A weight is from 0 to 1,000.");
        }
    }
}
