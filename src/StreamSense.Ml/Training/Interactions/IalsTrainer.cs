using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits vectors of users and items whose dot product is 1 where there was an interaction and 0 elsewhere: implicit ALS.</summary>
/// <remarks>
/// Hu, Koren and Volinsky 2008 in the form of Rendle, Krichene, Zhang and Koren 2021: minimises
/// <c>Σ (1 - xᵤ·yᵢ)²</c> over interactions <c>+ α₀ Σ (xᵤ·yᵢ)²</c> over all pairs
/// <c>+ λ Σ (nᵤ + α₀ items)^ν |xᵤ|² + λ Σ (nᵢ + α₀ users)^ν |yᵢ|²</c>, users and items in turn, each solved for exactly. A sweep costs
/// d² for
/// each interaction and d³/3 for each user and item. Values do not count, only that an interaction was.
/// </remarks>
public sealed class IalsTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private const int SweepsHeld = 4;

    // What is best hardly moves with the length of vectors, and a sweep costs its square.
    private const int DimensionsHeld = 64;
    private const int MaxTries = 5;

    private readonly IalsOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it fits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public IalsTrainer(IalsOptions? options = null)
    {
        options ??= new IalsOptions();
        options.Validate();
        _options = options.Copy();
    }

    /// <inheritdoc/>
    public string Name => "ials";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var shape = new IalsShape(
            _options.Dimensions, _options.UnobservedWeight ?? 0.3, _options.Regularisation ?? 0.01, _options.FrequencyExponent);
        if (_options.UnobservedWeight is null || _options.Regularisation is null)
        {
            shape = Choose(data, shape, progress, cancellation);
        }

        return Fit(data, shape, _options.Sweeps, progress, cancellation);
    }

    /// <summary>The loss of vectors over data.</summary>
    internal static double Loss(InteractionMatrix data, IalsShape shape, ReadOnlySpan<float> users, ReadOnlySpan<float> items)
    {
        int d = shape.Dimensions;
        double loss = 0;
        for (int user = 0; user < data.Users; user++)
        {
            ReadOnlySpan<float> vector = users.Slice(user * d, d);
            foreach (int item in data.ItemsOf(user))
            {
                double miss = 1 - FactorProduct.Dot(vector, items.Slice(item * d, d));
                loss += miss * miss;
            }

            loss += shape.Ridge(data.ItemsOf(user).Length, data.Items) * FactorProduct.Dot(vector, vector);
        }

        for (int item = 0; item < data.Items; item++)
        {
            ReadOnlySpan<float> vector = items.Slice(item * d, d);
            loss += shape.Ridge(data.UsersOf(item).Length, data.Users) * FactorProduct.Dot(vector, vector);
        }

        // Σ (x·y)² over all pairs is the sum of the products of the two sums of squares, the halves off the diagonal counted twice.
        double[] left = IalsSystem.Gram(users, d, 1);
        double[] right = IalsSystem.Gram(items, d, shape.UnobservedWeight);
        int size = IalsSystem.SizeOf(d);
        for (int i = 0; i < d; i++)
        {
            loss += left[(i * size) + i] * right[(i * size) + i];
            for (int j = i + 1; j < d; j++)
            {
                loss += 2 * left[(i * size) + j] * right[(i * size) + j];
            }
        }

        return loss;
    }

    private IalsShape Choose(
        InteractionMatrix data, IalsShape start, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HoldOut(data, MaxUsersHeld, _options.Seed);
        var known = new Dictionary<IalsShape, double>();
        int tried = 0;
        double Quality(IalsShape shape)
        {
            if (known.TryGetValue(shape, out double before))
            {
                return before;
            }

            IalsShape shorter = shape with { Dimensions = Math.Min(DimensionsHeld, shape.Dimensions) };
            IalsModel model = Fit(held.Train, shorter, Math.Min(SweepsHeld, _options.Sweeps), null, cancellation);
            double quality = held.Quality(model, _options.Threads, cancellation);
            progress?.Report(new TrainProgress("choose", ++tried, 3 * MaxTries, -quality));
            known[shape] = quality;
            return quality;
        }

        // Most of the regularisation is λ α₀ N: it is their product that matters first, and how it is shared out that matters less.
        double product = start.Regularisation * start.UnobservedWeight;
        if (_options.Regularisation is null)
        {
            (double best, _) = Climb.From(
                start.Regularisation, 2, MaxTries, value => Quality(start with { Regularisation = value }));
            start = start with { Regularisation = best };
            product = best * start.UnobservedWeight;
        }

        if (_options.UnobservedWeight is null)
        {
            IalsShape With(double weight) => start with
            {
                UnobservedWeight = weight,
                Regularisation = _options.Regularisation ?? product / weight,
            };
            (double best, _) = Climb.From(start.UnobservedWeight, 2, MaxTries, weight => Quality(With(weight)));
            start = With(best);
        }

        // The best product moves a little with how it is shared out.
        return _options.Regularisation is not null
            ? start
            : start with
            {
                Regularisation = Climb.From(
                    start.Regularisation, Math.Sqrt(2), MaxTries, value => Quality(start with { Regularisation = value })).Setting,
            };
    }

    private IalsModel Fit(
        InteractionMatrix data, IalsShape shape, int sweeps, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        int d = shape.Dimensions;
        var users = new float[data.Users * d];
        float[] items = Start(data.Items, d);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            SolveSide(data, shape, byUser: true, items, users, cancellation);
            SolveSide(data, shape, byUser: false, users, items, cancellation);
            progress?.Report(new TrainProgress("sweep", sweep + 1, sweeps, Loss(data, shape, users, items)));
        }

        // Items were solved for last: with this the users' vectors are those that folding in would give.
        SolveSide(data, shape, byUser: true, items, users, cancellation);
        return new IalsModel(shape, users, items, ModelParts.PopularityOf(data));
    }

    /// <summary>Solves for all users against the items, or the other way round.</summary>
    internal void SolveSide(
        InteractionMatrix data, IalsShape shape, bool byUser, float[] against, float[] result, CancellationToken cancellation)
    {
        int d = shape.Dimensions;
        var side = new IalsSide(data, shape, byUser, against, _options.Threads, cancellation);
        FixedChunks.Run(
            side.Rows,
            32,
            _options.Threads,
            () => new double[IalsSystem.MemoryLength(d)],
            (from, to, memory) =>
            {
                for (int row = from; row < to; row++)
                {
                    side.Solve(row, memory, result.AsSpan(row * d, d));
                }
            },
            cancellation);
    }

    private float[] Start(int count, int dimensions)
    {
        var random = new SplitMix(_options.Seed);
        double deviation = _options.StartDeviation / Math.Sqrt(dimensions);
        var result = new float[count * dimensions];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)(random.Normal() * deviation);
        }

        return result;
    }
}
