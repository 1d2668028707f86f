namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits vectors of users and items so that what a user took stands before what the user did not take: BPR.</summary>
/// <remarks>
/// Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009: gradient steps on <c>-ln σ(xᵤ·(yᵢ - yⱼ) + bᵢ - bⱼ)</c> for each interaction
/// (u, i) in random order and an item j, drawn at random, that u did not take. A step costs 6 d. Users and items are dealt into blocks, of
/// which several threads walk pairs that have nothing in common; j is of the same block as i. The result depends on the seed alone, and
/// not on the number of threads. Values do not count, only that an interaction was.
/// </remarks>
public sealed class BprTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private const int MaxTries = 4;
    private const double FirstTried = 0.02;

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
        return Fit(data, regularisation, progress, cancellation);
    }

    private double Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HoldOut(data, MaxUsersHeld, _options.Seed);
        int tried = 0;
        double Quality(double regularisation)
        {
            double quality = held.Quality(Fit(held.Train, regularisation, null, cancellation), _options.Threads, cancellation);
            progress?.Report(new TrainProgress("choose", ++tried, MaxTries, -quality));
            return quality;
        }

        return Climb.From(FirstTried, 2, MaxTries, Quality).Setting;
    }

    private BprModel Fit(
        InteractionMatrix data, double regularisation, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var steps = new BprSteps(data, _options, regularisation);
        int epochs = data.Count == 0 ? 0 : _options.EpochsFor(data.Count);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double share = (double)epoch / epochs;
            double loss = steps.Run(epoch, (float)(_options.LearningRate * (1 - (0.9 * share))), cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, epochs, loss));
        }

        return new BprModel(
            _options.Dimensions,
            steps.Users.ToVectors(),
            steps.Items.ToVectors(),
            steps.Items.ToBiases(),
            ModelParts.PopularityOf(data));
    }
}
