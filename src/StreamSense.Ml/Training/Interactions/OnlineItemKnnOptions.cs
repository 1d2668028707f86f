namespace StreamSense.Ml.Training.Interactions;

/// <summary>What <see cref="OnlineItemKnn"/> remembers.</summary>
/// <remarks>
/// Memory, all taken at once: 4 bytes · (<see cref="HistoryLength"/> + 1) for each user, and 16 bytes · (<see cref="Neighbours"/> + 1) for each item.
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

    /// <summary>What trending counts beside the neighbours: the share of the most trending item's score that is added to each item's.</summary>
    /// <value>Default 0.5: somebody known by one item gets mostly what is trending, somebody known by many mostly neighbours.</value>
    public double TrendingWeight { get; set; } = 0.5;

    /// <summary>After how long an interaction counts half for what is trending.</summary>
    /// <value>Default 7 days.</value>
    public TimeSpan TrendingHalfLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HistoryLength, 1, nameof(HistoryLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HistoryLength, 4096, nameof(HistoryLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1, nameof(Neighbours));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Neighbours, 4096, nameof(Neighbours));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HalfLife, TimeSpan.Zero, nameof(HalfLife));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TrendingHalfLife, TimeSpan.Zero, nameof(TrendingHalfLife));
        CheckNotNegative(Shrinkage, nameof(Shrinkage));
        CheckNotNegative(TrendingWeight, nameof(TrendingWeight));
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
