namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="BprTrainer"/> fits.</summary>
/// <remarks>Memory of the training: 4 bytes · (<see cref="Dimensions"/> + 16) for each user and item, 12 an interaction, 80 an item, and
/// at most 32 MiB that say who took what; of the model 4 bytes · (<see cref="Dimensions"/> + 1) for each user and item.</remarks>
public sealed class BprOptions
{
    /// <summary>How many numbers a user and an item have.</summary>
    /// <value>Default 128.</value>
    public int Dimensions { get; set; } = 128;

    /// <summary>How often all interactions are gone through, each with an item drawn beside it.</summary>
    /// <value>Default null: 100 for 100,000 interactions, falling with the root of their number; from 20 to 200.</value>
    public int? Epochs { get; set; }

    /// <summary>How far a step goes at the start; it falls in a line to nothing.</summary>
    /// <value>Default 0.1.</value>
    public double LearningRate { get; set; } = 0.1;

    /// <summary>How strongly numbers are held near zero: what a step takes off them, as a share, beside its rate.</summary>
    /// <value>Default null: from 0.05 down by thirds, as long as what is kept back of the data is predicted better (by half a percent at
    /// least) by vectors of at most 64 numbers after half the epochs; four values at most.</value>
    public double? Regularisation { get; set; }

    /// <summary>How much likelier an often taken item is drawn as one not taken: its count to this power; 0 draws each alike.</summary>
    /// <value>Default 0.25.</value>
    public double NegativePopularity { get; set; } = 0.25;

    /// <summary>How many items are drawn beside an interaction; the one that stands highest for the user is stepped against. 1 steps
    /// against whatever is drawn.</summary>
    /// <value>Default 3.</value>
    public int NegativesDrawn { get; set; } = 3;

    /// <summary>The standard deviation of a number at the start.</summary>
    /// <value>Default 0.03.</value>
    public double StartDeviation { get; set; } = 0.03;

    /// <summary>What start and drawing depend on, and the cut for choosing.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; set; } = 1;

    /// <summary>How many threads work at most; the result does not depend on it.</summary>
    /// <value>Default: the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Dimensions, 1, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Dimensions, 1024, nameof(Dimensions));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs ?? 1, 1, nameof(Epochs));
        ModelParts.CheckPositive(LearningRate, nameof(LearningRate));
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
        ModelParts.CheckPositive(StartDeviation, nameof(StartDeviation));
        if (!(NegativePopularity >= 0 && NegativePopularity <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(NegativePopularity), NegativePopularity, "It is from 0 to 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(NegativesDrawn, 1, nameof(NegativesDrawn));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(NegativesDrawn, 64, nameof(NegativesDrawn));
        ModelParts.CheckThreads(Threads);
    }

    /// <summary>How many epochs there are for so many interactions.</summary>
    internal int EpochsFor(int interactions) =>
        Epochs ?? (int)Math.Clamp(100 * Math.Sqrt(100_000.0 / Math.Max(1, interactions)), 20, 200);

    /// <summary>A copy that nobody else can change.</summary>
    internal BprOptions Copy() => (BprOptions)MemberwiseClone();
}
