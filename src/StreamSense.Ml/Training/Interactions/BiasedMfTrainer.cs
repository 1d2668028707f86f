namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits the ratings themselves: mean, biases and vectors of users and items by gradient steps (biased matrix
/// factorisation).</summary>
/// <remarks>
/// Koren, Bell and Volinsky 2009: minimises <c>Σ (r - μ - bᵤ - bᵢ - pᵤ·qᵢ)² + λ (bᵤ² + bᵢ² + |pᵤ|² + |qᵢ|²)</c> over the ratings, in an
/// order drawn anew for each epoch. A step costs 6 d. Users and items are dealt into blocks, of which several threads walk pairs that have
/// nothing in common: the result depends on the seed alone, and not on the number of threads.
/// </remarks>
public sealed class BiasedMfTrainer : IInteractionTrainer
{
    private static readonly double[] RegularisationsTried = [0.05, 0.1, 0.15];

    private readonly BiasedMfOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it fits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public BiasedMfTrainer(BiasedMfOptions? options = null)
    {
        options ??= new BiasedMfOptions();
        options.Validate();
        _options = options.Copy();
    }

    /// <inheritdoc/>
    public string Name => "mf";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        double regularisation = _options.Regularisation ?? Choose(data, progress, cancellation);
        return Fit(data, regularisation, progress, cancellation);
    }

    private double Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var keeps = new bool[data.Count];
        var random = new SplitMix(_options.Seed, stream: 1);
        for (int i = 0; i < keeps.Length; i++)
        {
            keeps[i] = random.Below(10) != 0;
        }

        InteractionMatrix train = data.Where(keeps);
        (double Regularisation, double Error) best = (0, double.PositiveInfinity);
        for (int i = 0; i < RegularisationsTried.Length; i++)
        {
            double error = ErrorOf(Fit(train, RegularisationsTried[i], null, cancellation), data, keeps);
            best = error < best.Error ? (RegularisationsTried[i], error) : best;
            progress?.Report(new TrainProgress("choose", i + 1, RegularisationsTried.Length, error));
        }

        return best.Regularisation;
    }

    // The root of the mean squared error of what was kept back.
    private static double ErrorOf(BiasedMfModel model, InteractionMatrix data, ReadOnlySpan<bool> keeps)
    {
        double sum = 0;
        int held = 0;
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            for (int i = 0; i < data.ItemsOf(user).Length; i++, cell++)
            {
                if (!keeps[cell])
                {
                    double error = data.ValuesOf(user)[i] - model.Predict(user, data.ItemsOf(user)[i]);
                    sum += error * error;
                    held++;
                }
            }
        }

        return Math.Sqrt(sum / Math.Max(1, held));
    }

    private BiasedMfModel Fit(
        InteractionMatrix data, double regularisation, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var steps = new BiasedMfSteps(data, _options, regularisation);
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = steps.Run(epoch, cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, _options.Epochs, loss));
        }

        return steps.ToModel();
    }
}
