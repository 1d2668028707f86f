namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits vectors of users and items so that what a user took stands before what the user did not take: BPR.</summary>
/// <remarks>
/// Rendle, Freudenthaler, Gantner and Schmidt-Thieme 2009: gradient steps on <c>-ln σ(xᵤ·(yᵢ - yⱼ) + bᵢ - bⱼ)</c> for an interaction (u,
/// i) drawn at
/// random and an item j that u did not take. A step costs 6 d. The steps come one after the other on one thread, each with the result of
/// the
/// one before, so that the result depends on the seed alone. Values do not count, only that an interaction was.
/// </remarks>
public sealed class BprTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private static readonly double[] RegularisationsTried = [0.01, 0.02, 0.04];

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
        var qualities = new double[RegularisationsTried.Length];
        FixedChunks.Run(
            RegularisationsTried.Length,
            1,
            _options.Threads,
            () => 0,
            (index, _, _) =>
            {
                BprModel model = Fit(held.Train, RegularisationsTried[index], null, cancellation);
                qualities[index] = held.Quality(model, 1, cancellation);
            },
            cancellation);
        int best = 0;
        for (int i = 1; i < qualities.Length; i++)
        {
            best = qualities[i] > qualities[best] ? i : best;
        }

        progress?.Report(new TrainProgress("choose", qualities.Length, qualities.Length, -qualities[best]));
        return RegularisationsTried[best];
    }

    private BprModel Fit(
        InteractionMatrix data, double regularisation, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var steps = new BprSteps(data, _options, regularisation);
        int epochs = data.Count == 0 ? 0 : _options.EpochsFor(data.Count);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double share = (double)epoch / epochs;
            double loss = steps.Run((float)(_options.LearningRate * (1 - (0.9 * share))), cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, epochs, loss));
        }

        return new BprModel(_options.Dimensions, steps.Users, steps.Items, steps.Biases, ModelParts.PopularityOf(data));
    }
}
