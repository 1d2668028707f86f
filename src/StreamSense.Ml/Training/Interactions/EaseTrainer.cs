using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits for each item the weights of all others that predict best, over all histories, whether it is there: EASE^R.</summary>
/// <remarks>
/// Steck 2019: with the counts <c>G = XᵀX</c> and <c>P = (G + λI)⁻¹</c> the weights are <c>-P_ij / P_jj</c>, and 0 on the diagonal.
/// There is
/// one solution and no randomness in it. It costs n³ multiplications and additions in doubles; the weights are kept as floats. Values do
/// not count, only that an interaction was.
/// </remarks>
public sealed class EaseTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private const int MaxItemsHeld = 2_500;
    private const int MaxTries = 6;
    private const double FirstTried = 200;

    private readonly EaseOptions _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it fits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public EaseTrainer(EaseOptions? options = null)
    {
        options ??= new EaseOptions();
        options.Validate();
        _options = new EaseOptions
        {
            Regularisation = options.Regularisation,
            MaxItems = options.MaxItems,
            Seed = options.Seed,
            Threads = options.Threads,
        };
    }

    /// <inheritdoc/>
    public string Name => "ease";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        double regularisation = _options.Regularisation ?? Choose(data, progress, cancellation);
        return Fit(data, regularisation, _options.MaxItems, progress, cancellation);
    }

    private double Choose(InteractionMatrix data, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HoldOut(data, MaxUsersHeld, _options.Seed);
        int[] items = MostTaken(held.Train, Math.Min(MaxItemsHeld, _options.MaxItems));
        var fold = new GramFold(held.Train, items, _options.Threads, cancellation);
        int tried = 0;
        double Quality(double regularisation)
        {
            double quality = held.Quality(Solve(fold, regularisation, isLast: false, null, cancellation), _options.Threads, cancellation);
            progress?.Report(new TrainProgress("choose", ++tried, MaxTries, -quality));
            return quality;
        }

        return Climb.From(FirstTried, 2, MaxTries, Quality).Setting;
    }

    private EaseModel Fit(
        InteractionMatrix data, double regularisation, int maxItems, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var fold = new GramFold(data, MostTaken(data, maxItems), _options.Threads, cancellation);
        return Solve(fold, regularisation, isLast: true, progress, cancellation);
    }

    private EaseModel Solve(
        GramFold fold, double regularisation, bool isLast, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        if (fold.Items.Length == 0)
        {
            return new EaseModel(regularisation, Array.Empty<int>(), Array.Empty<float>(), fold.Popularity);
        }

        TiledSymmetric matrix = fold.Gram(isLast);
        for (int i = 0; i < matrix.Size; i++)
        {
            matrix[i, i] += regularisation;
        }

        if (!SymmetricInverse.Compute(matrix, _options.Threads, progress, cancellation))
        {
            throw new ArithmeticException($"With λ = {regularisation} the counts cannot be inverted in double precision.");
        }

        return new EaseModel(regularisation, fold.Items, Weights(matrix), fold.Popularity);
    }

    private static float[] Weights(TiledSymmetric inverse)
    {
        int size = inverse.Size;
        var weights = new float[size * size];
        var negatives = new double[size];
        for (int i = 0; i < size; i++)
        {
            negatives[i] = -1 / inverse[i, i];
        }

        for (int tileRow = 0; tileRow < inverse.Tiles; tileRow++)
        {
            for (int tileColumn = tileRow; tileColumn < inverse.Tiles; tileColumn++)
            {
                WriteTile(inverse, tileRow, tileColumn, negatives, weights);
            }
        }

        for (int i = 0; i < size; i++)
        {
            weights[(i * size) + i] = 0;
        }

        return weights;
    }

    private static void WriteTile(TiledSymmetric inverse, int tileRow, int tileColumn, double[] negatives, float[] weights)
    {
        const int T = TiledSymmetric.Tile;
        int size = inverse.Size;
        ReadOnlySpan<double> tile = inverse.TileAt(tileRow, tileColumn);
        int rows = Math.Min(T, size - (tileRow * T));
        int columns = Math.Min(T, size - (tileColumn * T));
        for (int i = 0; i < rows; i++)
        {
            int row = (tileRow * T) + i;
            for (int j = 0; j < columns; j++)
            {
                int column = (tileColumn * T) + j;
                double value = tile[(i * T) + j];
                weights[(row * size) + column] = (float)(value * negatives[column]);
                weights[(column * size) + row] = (float)(value * negatives[row]);
            }
        }
    }

    private static int[] MostTaken(InteractionMatrix data, int count)
    {
        var best = new BoundedBest(count);
        for (int item = 0; item < data.Items; item++)
        {
            if (data.UsersOf(item).Length > 0)
            {
                best.Offer(item, data.UsersOf(item).Length);
            }
        }

        var items = new int[best.Count];
        best.Drain(items, new float[items.Length]);
        Array.Sort(items);
        return items;
    }
}
