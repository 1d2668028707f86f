namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits the ratings themselves: mean, biases and vectors of users and items by gradient steps (biased matrix
/// factorisation).</summary>
/// <remarks>
/// Koren, Bell and Volinsky 2009: minimises <c>Σ (r - μ - bᵤ - bᵢ - pᵤ·qᵢ)² + λ (bᵤ² + bᵢ² + |pᵤ|² + |qᵢ|²)</c> over the ratings, in an
/// order
/// drawn anew for each epoch. A step costs 6 d. The steps come one after the other on one thread, so that the result depends on the seed
/// alone.
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
        return Fit(data, default, regularisation, progress, cancellation).ToModel();
    }

    private double Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var isHeld = new bool[data.Count];
        var random = new SplitMix(_options.Seed, stream: 1);
        for (int i = 0; i < isHeld.Length; i++)
        {
            isHeld[i] = random.Below(10) == 0;
        }

        var errors = new double[RegularisationsTried.Length];
        FixedChunks.Run(
            RegularisationsTried.Length,
            1,
            _options.Threads,
            () => 0,
            (index, _, _) => errors[index] = Fit(data, isHeld, RegularisationsTried[index], null, cancellation).HeldError(),
            cancellation);
        int best = 0;
        for (int i = 1; i < errors.Length; i++)
        {
            best = errors[i] < errors[best] ? i : best;
        }

        progress?.Report(new TrainProgress("choose", errors.Length, errors.Length, errors[best]));
        return RegularisationsTried[best];
    }

    private BiasedMfSteps Fit(
        InteractionMatrix data,
        ReadOnlySpan<bool> isHeld,
        double regularisation,
        IProgress<TrainProgress>? progress,
        CancellationToken cancellation)
    {
        var steps = new BiasedMfSteps(data, isHeld, _options, regularisation);
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = steps.Run(cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, _options.Epochs, loss));
        }

        return steps;
    }
}
