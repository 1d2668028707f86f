namespace StreamSense.Ml.Training.Linear;

/// <summary>How <see cref="LogisticTrainer"/> fits.</summary>
/// <remarks>
/// Memory: a copy of the features, 4 bytes each, and up to 17 × columns² × 8 bytes, where columns is at most
/// <see cref="MaxColumns"/>; with <see cref="MissingFeatures.OwnWeight"/> a feature that is missing somewhere counts as two.
/// </remarks>
public sealed class LogisticOptions
{
    private const int MostColumns = 4_096;

    /// <summary>How strongly weights of features, each scaled to a deviation of 1, are drawn to 0: half of it times the sum of their
    /// squares is added to the summed loss of the rows. The intercept is free.</summary>
    /// <value>Default 1.</value>
    public double Regularisation { get; set; } = 1;

    /// <summary>What stands in for a feature that is missing.</summary>
    /// <value>Default <see cref="MissingFeatures.Mean"/>.</value>
    public MissingFeatures Missing { get; set; }

    /// <summary>How many steps there are at most.</summary>
    /// <value>Default 100; ten are usual.</value>
    public int MaxIterations { get; set; } = 100;

    /// <summary>The fit ends when no weight moves by more.</summary>
    /// <value>Default 1e-9.</value>
    public double Tolerance { get; set; } = 1e-9;

    /// <summary>How many columns it takes; a step costs rows × columns² / 2 multiplications.</summary>
    /// <value>Default 1,024.</value>
    public int MaxColumns { get; set; } = 1_024;

    /// <summary>How many threads may work; the result does not depend on it.</summary>
    /// <value>Default: as many as there are processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(Regularisation >= 0 && double.IsFinite(Regularisation), nameof(Regularisation), "0 or more");
        Require(Enum.IsDefined(Missing), nameof(Missing), "a named one");
        Require(MaxIterations >= 1, nameof(MaxIterations), "1 or more");
        Require(Tolerance > 0 && double.IsFinite(Tolerance), nameof(Tolerance), "above 0");
        Require(MaxColumns is >= 1 and <= MostColumns, nameof(MaxColumns), "1 to 4,096");
        Require(Threads >= 1, nameof(Threads), "1 or more");
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} must be {range}.", name);
        }
    }
}
