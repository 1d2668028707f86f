namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="TrendingTrainer"/> forgets.</summary>
/// <remarks>Memory of the training: 8 bytes an item for each half-life that is tried, and 16 bytes an interaction.</remarks>
public sealed class TrendingOptions
{
    /// <summary>After how long an interaction counts half.</summary>
    /// <value>Default null: of 1, 3, 7, 14, 30, 90 and 365 days the one that orders the last tenth of the interactions best.</value>
    public TimeSpan? HalfLife { get; set; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (HalfLife is { } halfLife)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero, nameof(HalfLife));
        }
    }
}
