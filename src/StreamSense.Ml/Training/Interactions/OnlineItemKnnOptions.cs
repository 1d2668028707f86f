namespace StreamSense.Ml.Training.Interactions;

/// <summary>What <see cref="OnlineItemKnn"/> remembers.</summary>
/// <remarks>
/// Memory, all taken at once: 4 bytes · (<see cref="HistoryLength"/> + 1) for each user, and 12 bytes · (<see cref="Neighbours"/> + 5)
/// for each item.
/// </remarks>
public sealed class OnlineItemKnnOptions
{
    /// <summary>How many of the latest items of a user count.</summary>
    /// <value>Default 32.</value>
    public int HistoryLength { get; set; } = 32;

    /// <summary>How many neighbours of an item are counted; a new one takes the place, and the count, of the one seen least.</summary>
    /// <value>Default 64.</value>
    public int Neighbours { get; set; } = 64;

    /// <summary>What is added to the denominator of the cosine, so that pairs seen seldom count little.</summary>
    /// <value>Default 5.</value>
    public double Shrinkage { get; set; } = 5;

    /// <summary>After how long an interaction counts half.</summary>
    /// <value>Default 30 days.</value>
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>By how much being nearest of all raises a trending item: 1 doubles its score.</summary>
    /// <value>Default 8.</value>
    public double NearWeight { get; set; } = 8;

    /// <summary>What being near counts without being trending, as a share of what it counts for the most trending item.</summary>
    /// <value>Default 0.02.</value>
    public double NearAlone { get; set; } = 0.02;

    /// <summary>After how long an interaction counts half for what is trending.</summary>
    /// <value>Default null: whatever does best, as <see cref="OnlineTrending"/> finds it.</value>
    public TimeSpan? TrendingHalfLife { get; set; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HistoryLength, 1, nameof(HistoryLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HistoryLength, 4096, nameof(HistoryLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1, nameof(Neighbours));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Neighbours, 4096, nameof(Neighbours));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HalfLife, TimeSpan.Zero, nameof(HalfLife));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TrendingHalfLife ?? HalfLife, TimeSpan.Zero, nameof(TrendingHalfLife));
        CheckNotNegative(Shrinkage, nameof(Shrinkage));
        CheckNotNegative(NearWeight, nameof(NearWeight));
        CheckNotNegative(NearAlone, nameof(NearAlone));
    }

    /// <summary>A copy that nobody else can change.</summary>
    internal OnlineItemKnnOptions Copy() => (OnlineItemKnnOptions)MemberwiseClone();

    private static void CheckNotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "It is not negative, and finite.");
        }
    }
}
