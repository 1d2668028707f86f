using StreamSense.Ml.Training.Interactions;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>The models that <c>--model</c> may name.</summary>
internal static class ModelChoices
{
    /// <summary>All of them, from the simplest on.</summary>
    public static IReadOnlyList<ModelChoice> All { get; } =
    [
        Of<NoOptions>("popularity", "most taken", new(), (_, _) => new PopularityTrainer()),
        Of("trending", "most taken lately", Trending, (options, _) => new TrendingTrainer(options)),
        Of("item-knn", "taken by the same users", ItemKnn, (options, seed) =>
        {
            options.Seed = seed ?? options.Seed;
            return new ItemKnnTrainer(options);
        }),
        Of("ease", "linear autoencoder", Ease, (options, seed) =>
        {
            options.Seed = seed ?? options.Seed;
            return new EaseTrainer(options);
        }),
        Of("ials", "implicit matrix factorisation", Ials, (options, seed) =>
        {
            options.Seed = seed ?? options.Seed;
            return new IalsTrainer(options);
        }),
        Of("bpr", "matrix factorisation by pairs", Bpr, (options, seed) =>
        {
            options.Seed = seed ?? options.Seed;
            return new BprTrainer(options);
        }),
        Of("mf", "ratings predicted by biases and factors", BiasedMf, (options, seed) =>
        {
            options.Seed = seed ?? options.Seed;
            return new BiasedMfTrainer(options);
        }),
    ];

    private static ModelOptions<TrendingOptions> Trending =>
        new ModelOptions<TrendingOptions>().DurationOrAuto("halfLife", (options, value) => options.HalfLife = value);

    private static ModelOptions<ItemKnnOptions> ItemKnn => new ModelOptions<ItemKnnOptions>()
        .WholeOrAuto("neighbours", (options, value) => options.Neighbours = value, "neighbors", "k")
        .NumberOrAuto("shrinkage", (options, value) => options.Shrinkage = value, "shrink")
        .WordOrAuto<ItemKnnWeighting>("weighting", (options, value) => options.Weighting = value)
        .Whole("seed", (options, value) => options.Seed = value)
        .Whole("threads", (options, value) => options.Threads = value);

    private static ModelOptions<EaseOptions> Ease => new ModelOptions<EaseOptions>()
        .NumberOrAuto("regularisation", (options, value) => options.Regularisation = value, "regularization", "lambda", "reg")
        .Whole("maxItems", (options, value) => options.MaxItems = value)
        .Whole("seed", (options, value) => options.Seed = value)
        .Whole("threads", (options, value) => options.Threads = value);

    private static ModelOptions<IalsOptions> Ials => new ModelOptions<IalsOptions>()
        .Whole("dimensions", (options, value) => options.Dimensions = value, "factors", "dim")
        .Whole("sweeps", (options, value) => options.Sweeps = value, "epochs", "iterations")
        .NumberOrAuto("unobservedWeight", (options, value) => options.UnobservedWeight = value, "alpha", "alpha0")
        .NumberOrAuto("regularisation", (options, value) => options.Regularisation = value, "regularization", "lambda", "reg")
        .Number("frequencyExponent", (options, value) => options.FrequencyExponent = value, "nu")
        .Number("startDeviation", (options, value) => options.StartDeviation = value)
        .Whole("seed", (options, value) => options.Seed = value)
        .Whole("threads", (options, value) => options.Threads = value);

    private static ModelOptions<BprOptions> Bpr => new ModelOptions<BprOptions>()
        .Whole("dimensions", (options, value) => options.Dimensions = value, "factors", "dim")
        .WholeOrAuto("epochs", (options, value) => options.Epochs = value, "iterations")
        .Number("learningRate", (options, value) => options.LearningRate = value, "lr")
        .NumberOrAuto("regularisation", (options, value) => options.Regularisation = value, "regularization", "lambda", "reg")
        .Number("negativePopularity", (options, value) => options.NegativePopularity = value)
        .Whole("negativesDrawn", (options, value) => options.NegativesDrawn = value)
        .Number("startDeviation", (options, value) => options.StartDeviation = value)
        .Whole("seed", (options, value) => options.Seed = value)
        .Whole("threads", (options, value) => options.Threads = value);

    private static ModelOptions<BiasedMfOptions> BiasedMf => new ModelOptions<BiasedMfOptions>()
        .Whole("dimensions", (options, value) => options.Dimensions = value, "factors", "dim")
        .NumberOrAuto("userShrinkage", (options, value) => options.UserShrinkage = value)
        .NumberOrAuto("itemShrinkage", (options, value) => options.ItemShrinkage = value)
        .NumberOrAuto("factorShare", (options, value) => options.FactorShare = value)
        .Whole("epochs", (options, value) => options.Epochs = value, "iterations")
        .Number("learningRate", (options, value) => options.LearningRate = value, "lr")
        .NumberOrAuto("regularisation", (options, value) => options.Regularisation = value, "regularization", "lambda", "reg")
        .Number("startDeviation", (options, value) => options.StartDeviation = value)
        .Whole("seed", (options, value) => options.Seed = value)
        .Whole("threads", (options, value) => options.Threads = value);

    /// <summary>Finds a model.</summary>
    /// <param name="name">The name of one of them.</param>
    public static ModelChoice Find(string name) => All.First(choice => string.Equals(choice.Name, name, StringComparison.Ordinal));

    // What a text sets may still be outside its range: the trainer says so when it is made.
    private static ModelChoice Of<T>(string name, string says, ModelOptions<T> options, Func<T, int?, IInteractionTrainer> create)
        where T : class, new() => new(
            name,
            says,
            (texts, seed) =>
            {
                T read = options.Read(name, texts);
                try
                {
                    return create(read, seed);
                }
                catch (ArgumentException exception)
                {
                    throw new InputException($"{name} cannot be trained so: {exception.Message}", exception);
                }
            },
            [.. options.Names]);

    private sealed class NoOptions;
}
