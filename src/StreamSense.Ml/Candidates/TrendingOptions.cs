namespace StreamSense.Ml.Candidates;

/// <summary>How <see cref="TrendingCandidates"/> keeps its list.</summary>
public sealed class TrendingOptions
{
    /// <summary>How many titles the list holds; titles not available to a request are passed over when it is read.</summary>
    /// <value>Default 1,000.</value>
    public int ListLength { get; set; } = 1_000;

    /// <summary>How much event time passes at least between two listings, as long as the catalogue stays the same.</summary>
    /// <value>Default 1 second.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate() => Check(ListLength, RefreshInterval);

    private static void Check(int listLength, TimeSpan refreshInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(listLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(listLength, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(refreshInterval, TimeSpan.Zero);
    }
}
