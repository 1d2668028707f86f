namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="BiasedMfTrainer"/> fits.</summary>
/// <remarks>
/// Memory of the training: 4 bytes · (<see cref="Dimensions"/> + 20) for each user and item, and 12 bytes a rating, and while settings
/// are looked for a second copy of the ratings; of the model 4 bytes ·
/// (<see cref="Dimensions"/> + 1) for each user and item. Ratings are brought to a deviation of 1 first, so that rates and regularisation
/// mean the same on any scale.
/// </remarks>
public sealed class BiasedMfOptions
{
    /// <summary>How many numbers a user and an item have; 0 for biases alone.</summary>
    /// <value>Default 128.</value>
    public int Dimensions { get; set; } = 128;

    /// <summary>How often all ratings are gone through.</summary>
    /// <value>Default 40.</value>
    public int Epochs { get; set; } = 40;

    /// <summary>How far a step goes at the start; it falls in a line to nothing.</summary>
    /// <value>Default 0.02.</value>
    public double LearningRate { get; set; } = 0.02;

    /// <summary>How many ratings at the mean a user counts as having besides, which holds the bias of one with few near zero.</summary>
    /// <value>Default null: from 4 up or down by doubles and halves, as long as what is kept back is predicted better.</value>
    public double? UserShrinkage { get; set; }

    /// <summary>How many ratings at the mean an item counts as having besides, which holds the bias of one with few near zero.</summary>
    /// <value>Default null: from 4 up or down by doubles and halves, as long as what is kept back is predicted better.</value>
    public double? ItemShrinkage { get; set; }

    /// <summary>How strongly vectors are held near zero.</summary>
    /// <value>Default null: 0.05, 0.1 or 0.15, whichever predicts best a tenth of the ratings that is kept back.</value>
    public double? Regularisation { get; set; }

    /// <summary>How much of what vectors say beyond biases alone is believed, from 0 to 1.</summary>
    /// <value>Default null: as much as predicts best the tenth that is kept back.</value>
    public double? FactorShare { get; set; }

    /// <summary>The standard deviation of a number at the start.</summary>
    /// <value>Default 0.05.</value>
    public double StartDeviation { get; set; } = 0.05;

    /// <summary>What start and order depend on, and the cut for choosing.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; set; } = 1;

    /// <summary>How many threads work at most; the result does not depend on it.</summary>
    /// <value>Default: the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 0, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Dimensions, 1024, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ModelParts.CheckPositive(LearningRate, nameof(LearningRate));
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
        ModelParts.CheckPositive(UserShrinkage, nameof(UserShrinkage));
        ModelParts.CheckPositive(ItemShrinkage, nameof(ItemShrinkage));
        ModelParts.CheckPositive(StartDeviation, nameof(StartDeviation));
        if (FactorShare is { } share && !(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(FactorShare), FactorShare, "It is from 0 to 1.");
        }

        ModelParts.CheckThreads(Threads);
    }

    /// <summary>A copy that nobody else can change.</summary>
    internal BiasedMfOptions Copy() => (BiasedMfOptions)MemberwiseClone();
}
