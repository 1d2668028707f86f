namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="OnlineFactors"/> learns.</summary>
/// <remarks>Memory, all taken at once: 4 bytes · <see cref="Dimensions"/> for each user and item, and what <see cref="OnlineTrending"/>
/// takes.</remarks>
public sealed class OnlineFactorsOptions
{
    /// <summary>How many numbers a user and an item have.</summary>
    /// <value>Default 32.</value>
    public int Dimensions { get; set; } = 32;

    /// <summary>How far a step goes.</summary>
    /// <value>Default 0.1.</value>
    public double LearningRate { get; set; } = 0.1;

    /// <summary>How strongly numbers are held near zero.</summary>
    /// <value>Default 0.02.</value>
    public double Regularisation { get; set; } = 0.02;

    /// <summary>How many items that the user did not take are set against each one taken; of those lately observed.</summary>
    /// <value>Default 4.</value>
    public int Negatives { get; set; } = 4;

    /// <summary>How many of the latest interactions such items are drawn from.</summary>
    /// <value>Default 4,096.</value>
    public int RecentLength { get; set; } = 4_096;

    /// <summary>What trending counts beside the vectors: the share of the most trending item's score that is added to each
    /// item's.</summary>
    /// <value>Default 3.</value>
    public double TrendingWeight { get; set; } = 3;

    /// <summary>After how long an interaction counts half for what is trending.</summary>
    /// <value>Default null: whatever does best, as <see cref="OnlineTrending"/> finds it.</value>
    public TimeSpan? TrendingHalfLife { get; set; }

    /// <summary>What the start and the drawing depend on.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; set; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 1, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Dimensions, 1024, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfNegative(Negatives, nameof(Negatives));
        ArgumentOutOfRangeException.ThrowIfLessThan(RecentLength, 1, nameof(RecentLength));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            TrendingHalfLife ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(TrendingHalfLife));
        ModelParts.CheckPositive(LearningRate, nameof(LearningRate));
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
        if (!(TrendingWeight >= 0 && double.IsFinite(TrendingWeight)))
        {
            throw new ArgumentOutOfRangeException(nameof(TrendingWeight), TrendingWeight, "It is not negative, and finite.");
        }
    }

    /// <summary>A copy that nobody else can change.</summary>
    internal OnlineFactorsOptions Copy() => (OnlineFactorsOptions)MemberwiseClone();
}
