namespace StreamSense.Core.Metrics.Social;

/// <summary>How much is remembered of posts, and what counts as praise.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class SocialOptions
{
    /// <summary>
    /// How many (network, post, title) are remembered apart; beyond, a fair sample of them (<see cref="SocialMetrics.SampleShare"/>).
    /// </summary>
    /// <value>131,072; each takes about 140 bytes.</value>
    public int MaxMentions { get; set; } = 131_072;

    /// <summary>From this polarity on a mention is positive; as far below zero it is negative.</summary>
    /// <value>0.05, as for the compound score of VADER (Hutto, Gilbert 2014).</value>
    public double PolarFrom { get; set; } = 0.05;

    /// <summary>The time over which the velocity is measured, and with which the time before it is compared.</summary>
    /// <value>24 hours.</value>
    public TimeSpan VelocityWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The length of a bucket of the volume over time.</summary>
    /// <value>1 hour.</value>
    public TimeSpan BucketLength { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many buckets of the volume are reported at most, the latest ones.</summary>
    /// <value>168: a week of hours.</value>
    public int MaxBuckets { get; set; } = 168;

    /// <summary>How many titles are reported at most, those with most mentions.</summary>
    /// <value>1,000.</value>
    public int MaxTitles { get; set; } = 1_000;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMentions, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PolarFrom);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PolarFrom, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(VelocityWindow, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(BucketLength, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxBuckets);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxTitles);
    }
}
