namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits the ratings themselves: mean, biases and vectors of users and items by gradient steps (biased matrix
/// factorisation).</summary>
/// <remarks>
/// Koren, Bell and Volinsky 2009: minimises <c>Σ ((r - μ - bᵤ - bᵢ - pᵤ·qᵢ)² + λ (|pᵤ|² + |qᵢ|²)) + s Σ bᵤ² + t Σ bᵢ²</c>, over the ratings
/// in an order drawn anew for each epoch. Biases begin as ridge regression gives them without vectors. What vectors add to that is believed
/// in the share that least squares gives it on ratings kept back: little where ratings are few. A step costs 6 d. Users and items are dealt
/// into blocks, of which several threads walk pairs that have nothing in common: the result depends on the seed alone, and not on the
/// number of threads.
/// </remarks>
public sealed class BiasedMfTrainer : IInteractionTrainer
{
    private const double FirstShrinkage = 4;
    private const double ShrinkageFactor = 2;
    private const int ShrinkagesTried = 5;
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
        BiasedMfShape shape = Given is { } given ? given : Choose(data, progress, cancellation);
        RatingBiases biases = RatingBiases.Of(data, shape.UserShrinkage, shape.ItemShrinkage, _options.Threads, cancellation);
        return Fit(data, biases, shape, progress, cancellation).ToModel(shape.FactorShare);
    }

    // Without vectors nothing but the shrinkages is to be chosen.
    private BiasedMfShape? Given =>
        _options is { UserShrinkage: { } user, ItemShrinkage: { } item }
        && (_options.Dimensions == 0 || _options is { Regularisation: not null, FactorShare: not null })
            ? new BiasedMfShape(user, item, _options.Regularisation ?? 0, _options.FactorShare ?? 0)
            : null;

    private BiasedMfShape Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HeldRatings(data, _options.Seed);
        BiasedMfShape best = ChooseShrinkages(held, cancellation);
        if (_options.Dimensions == 0)
        {
            return best;
        }

        RatingBiases biases = RatingBiases.Of(held.Train, best.UserShrinkage, best.ItemShrinkage, _options.Threads, cancellation);
        double[] tried = _options.Regularisation is { } regularisation ? [regularisation] : RegularisationsTried;
        double least = double.PositiveInfinity;
        for (int i = 0; i < tried.Length; i++)
        {
            BiasedMfShape next = best with { Regularisation = tried[i] };
            BiasedMfModel model = Fit(held.Train, biases, next, null, cancellation).ToModel();
            next = next with { FactorShare = _options.FactorShare ?? held.ShareOf(biases, model) };
            double error = held.ErrorOf(biases, model, next.FactorShare);
            (best, least) = error < least ? (next, error) : (best, least);
            progress?.Report(new TrainProgress("choose", i + 1, tried.Length, error));
        }

        return best;
    }

    // First for users, then for items, then for users once more, since each depends on the other a little.
    private BiasedMfShape ChooseShrinkages(HeldRatings held, CancellationToken cancellation)
    {
        double user = _options.UserShrinkage ?? FirstShrinkage;
        double item = _options.ItemShrinkage ?? FirstShrinkage;
        double Quality(double ofUser, double ofItem) =>
            -held.ErrorOf(RatingBiases.Of(held.Train, ofUser, ofItem, _options.Threads, cancellation));
        double BestUser(double ofItem) => _options.UserShrinkage
            ?? Climb.From(user, ShrinkageFactor, ShrinkagesTried, tried => Quality(tried, ofItem)).Setting;

        user = BestUser(item);
        item = _options.ItemShrinkage
            ?? Climb.From(item, ShrinkageFactor, ShrinkagesTried, tried => Quality(user, tried)).Setting;
        return new BiasedMfShape(BestUser(item), item, 0, 0);
    }

    private BiasedMfSteps Fit(
        InteractionMatrix data,
        RatingBiases biases,
        BiasedMfShape shape,
        IProgress<TrainProgress>? progress,
        CancellationToken cancellation)
    {
        var steps = new BiasedMfSteps(data, _options, biases, shape);
        int epochs = _options.Dimensions == 0 ? 0 : _options.Epochs;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            double rate = _options.LearningRate * (1 - ((double)epoch / epochs));
            double loss = steps.Run(epoch, (float)rate, cancellation);
            progress?.Report(new TrainProgress("epoch", epoch + 1, epochs, loss));
        }

        return steps;
    }
}
