namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="ItemKnnTrainer"/> fits.</summary>
/// <remarks>Memory of the training and of the model: 16 bytes · <see cref="Neighbours"/> · items, and 12 bytes an item for each
/// thread.</remarks>
public sealed class ItemKnnOptions
{
    /// <summary>How many neighbours of an item are kept.</summary>
    /// <value>Default 200; null for 50, 100, 200 or 400, whichever predicts best what is kept back of the data.</value>
    public int? Neighbours { get; set; } = 200;

    /// <summary>What is added to the denominator of the cosine, in interactions, so that pairs seen seldom count little.</summary>
    /// <value>Default 20; null for 0, 5, 20 or 80, whichever predicts best what is kept back of the data.</value>
    public double? Shrinkage { get; set; } = 20;

    /// <summary>What an interaction counts.</summary>
    /// <value>Default none; null for whichever predicts best what is kept back of the data.</value>
    public ItemKnnWeighting? Weighting { get; set; } = ItemKnnWeighting.None;

    /// <summary>What the cut for choosing depends on; nothing else is random.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; set; } = 1;

    /// <summary>How many threads work at most; the result does not depend on it.</summary>
    /// <value>Default: the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Neighbours is { } neighbours)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1, nameof(Neighbours));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, 10_000, nameof(Neighbours));
        }

        if (Shrinkage is { } shrinkage && !(shrinkage >= 0 && double.IsFinite(shrinkage)))
        {
            throw new ArgumentOutOfRangeException(nameof(Shrinkage), shrinkage, "It is not negative, and finite.");
        }

        if (Weighting is { } weighting && !Enum.IsDefined(weighting))
        {
            throw new ArgumentOutOfRangeException(nameof(Weighting), weighting, "There is no such weighting.");
        }

        ModelParts.CheckThreads(Threads);
    }
}
