namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="IalsTrainer"/> fits.</summary>
/// <remarks>
/// Memory of the training and of the model: 4 bytes · <see cref="Dimensions"/> for each user and item; beside it a thread needs
/// 8 · (<see cref="Dimensions"/> + 80) · <see cref="Dimensions"/> bytes.
/// </remarks>
public sealed class IalsOptions
{
    /// <summary>How many numbers a user and an item have.</summary>
    /// <value>Default 96; settings are searched for with at most 64.</value>
    public int Dimensions { get; set; } = 96;

    /// <summary>How often users and items are solved for.</summary>
    /// <value>Default 12.</value>
    public int Sweeps { get; set; } = 12;

    /// <summary>What a pair without an interaction weighs beside one with: α₀.</summary>
    /// <value>Default null: from 0.3 up or down, as long as what is kept back of the data is predicted better.</value>
    public double? UnobservedWeight { get; set; }

    /// <summary>How strongly numbers are held near zero: λ.</summary>
    /// <value>Default null: from 0.01 up or down, as long as what is kept back of the data is predicted better.</value>
    public double? Regularisation { get; set; }

    /// <summary>How λ grows with how often a user or item occurs, as an exponent: ν; 1 is in proportion, 0 not at all.</summary>
    /// <value>Default 1.</value>
    public double FrequencyExponent { get; set; } = 1;

    /// <summary>The standard deviation of a start vector's length: σ.</summary>
    /// <value>Default 0.1.</value>
    public double StartDeviation { get; set; } = 0.1;

    /// <summary>What the start depends on, and the cut for choosing.</summary>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(Sweeps, 1, nameof(Sweeps));
        ModelParts.CheckPositive(UnobservedWeight, nameof(UnobservedWeight));
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
        ModelParts.CheckPositive(StartDeviation, nameof(StartDeviation));
        if (!(FrequencyExponent >= 0 && FrequencyExponent <= 2))
        {
            throw new ArgumentOutOfRangeException(nameof(FrequencyExponent), FrequencyExponent, "It is from 0 to 2.");
        }

        ModelParts.CheckThreads(Threads);
    }

    /// <summary>A copy that nobody else can change.</summary>
    internal IalsOptions Copy() => (IalsOptions)MemberwiseClone();
}
