namespace StreamSense.Ml.Training.Interactions;

/// <summary>How <see cref="EaseTrainer"/> fits.</summary>
/// <remarks>
/// Memory of the training for n = min(<see cref="MaxItems"/>, items): 4 n² bytes for the matrix that is inverted, 1 KiB · n beside it, and
/// 4 n² bytes for the weights of the model, which alone stay: 0.8 GB and 0.4 GB for 10,000 items. While <see cref="Regularisation"/> is
/// searched for, 50 MB.
/// </remarks>
public sealed class EaseOptions
{
    /// <summary>How strongly weights are held near zero: λ, what is added to the diagonal of the counts.</summary>
    /// <value>
    /// Default null: from 200 up or down by halves and doubles, as long as what is kept back of the data (a fifth of the items of up to
    /// 2,000
    /// users; the 2,500 most taken items) is predicted better.
    /// </value>
    public double? Regularisation { get; set; }

    /// <summary>How many items have weights, at most: those most taken. The others come after them, most taken first.</summary>
    /// <value>Default 10,000: 0.8 GB while training, 0.4 GB afterwards.</value>
    public int MaxItems { get; set; } = 10_000;

    /// <summary>What the cut for choosing <see cref="Regularisation"/> depends on; nothing else is random.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; set; } = 1;

    /// <summary>How many threads work at most; the result does not depend on it.</summary>
    /// <value>Default: the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        ModelParts.CheckPositive(Regularisation, nameof(Regularisation));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1, nameof(MaxItems));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxItems, 40_000, nameof(MaxItems));
        ModelParts.CheckThreads(Threads);
    }
}
