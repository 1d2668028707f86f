namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits vectors of users and items so that what a user took stands before what the user did not take: BPR.</summary>
/// <remarks>
/// Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009: gradient steps on <c>-ln σ(xᵤ·(yᵢ - yⱼ) + bᵢ - bⱼ)</c> for each interaction
/// (u, i) in random order and an item j that u did not take: of <see cref="BprOptions.NegativesDrawn"/> drawn at random the one with the
/// highest score (Zhang, Chen, Wang and Yu, "Optimizing Top-N Collaborative Filtering via Dynamic Negative Item Sampling", 2013), so that
/// steps go to the top of the list, where pairs drawn evenly seldom are. A step costs 6 d, and d for each item drawn. Users and items are
/// dealt into blocks, of which several threads walk pairs that have nothing in common; j is of the same block as i. The result depends on
/// the seed alone, and not on the number of threads. Values do not count, only that an interaction was.
/// </remarks>
public sealed class BprTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private const int MaxTries = 4;
    private const int DimensionsTried = 64;
    private const double FirstTried = 0.05;
    private const double TryFactor = 1.5;
    private const double LeastGain = 0.005;

    private readonly BprOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it fits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public BprTrainer(BprOptions? options = null)
    {
        options ??= new BprOptions();
        options.Validate();
        _options = options.Copy();
    }

    /// <inheritdoc/>
    public string Name => "bpr";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        double regularisation = _options.Regularisation ?? Choose(data, progress, cancellation);
        return Fit(data, regularisation, _options, progress, cancellation);
    }

    // Downwards alone: what is left after the cut is sparser than all data, and asks for a stronger hold than they do.
    private double Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HoldOut(data, MaxUsersHeld, _options.Seed);
        BprOptions options = _options.Copy();
        options.Dimensions = Math.Min(options.Dimensions, DimensionsTried);
        options.Epochs = (options.EpochsFor(held.Train.Count) + 1) / 2;
        double chosen = FirstTried;
        double best = double.NegativeInfinity;
        for (int tried = 0; tried < MaxTries; tried++)
        {
            double next = FirstTried / Math.Pow(TryFactor, tried);
            double quality = held.Quality(Fit(held.Train, next, options, null, cancellation), _options.Threads, cancellation);
            progress?.Report(new TrainProgress("choose", tried + 1, MaxTries, -quality));
            if (tried > 0 && quality <= best * (1 + LeastGain))
            {
                break;
            }

            (chosen, best) = (next, quality);
        }

        return chosen;
    }

    private static BprModel Fit(
        InteractionMatrix data,
        double regularisation,
        BprOptions options,
        IProgress<TrainProgress>? progress,
        CancellationToken cancellation)
    {
        var steps = new BprSteps(data, options, regularisation);
        int epochs = data.Count == 0 ? 0 : options.EpochsFor(data.Count);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double share = (double)epoch / epochs;
            double loss = steps.Run(epoch, (float)(options.LearningRate * (1 - share)), cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, epochs, loss));
        }

        return new BprModel(
            options.Dimensions,
            steps.Users.ToVectors(),
            steps.Items.ToVectors(),
            steps.Items.ToBiases(),
            ModelParts.PopularityOf(data));
    }
}
