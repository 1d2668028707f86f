namespace StreamSense.Ml.Training.Interactions;

/// <summary>Finds for each item those that stand in the same histories: item-kNN by cosine.</summary>
/// <remarks>
/// The nearness of two items is <c>Σ w·w / (|i|·|j| + shrinkage)</c> over the users who have both (Sarwar et al. 2001; the shrinkage
/// after Bell
/// and Koren 2007). It costs the sum of the squared lengths of the histories. Values do not count, only that an interaction was.
/// </remarks>
public sealed class ItemKnnTrainer : IInteractionTrainer
{
    private const int MaxUsersHeld = 2_000;
    private static readonly int[] NeighboursTried = [50, 100, 200, 400];
    private static readonly double[] ShrinkagesTried = [0, 5, 20, 80];
    private static readonly ItemKnnWeighting[] WeightingsTried =
        [ItemKnnWeighting.None, ItemKnnWeighting.InverseUserFrequency, ItemKnnWeighting.Bm25];

    private readonly int? _neighbours;
    private readonly double? _shrinkage;
    private readonly ItemKnnWeighting? _weighting;
    private readonly long _seed;
    private readonly int _threads;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it fits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ItemKnnTrainer(ItemKnnOptions? options = null)
    {
        options ??= new ItemKnnOptions();
        options.Validate();
        _neighbours = options.Neighbours;
        _shrinkage = options.Shrinkage;
        _weighting = options.Weighting;
        _seed = options.Seed;
        _threads = options.Threads;
    }

    /// <inheritdoc/>
    public string Name => "item-knn";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var setting = new Setting(_neighbours ?? 200, _shrinkage ?? 20, _weighting ?? ItemKnnWeighting.None);
        if (_neighbours is null || _shrinkage is null || _weighting is null)
        {
            setting = Choose(data, setting, progress, cancellation);
        }

        ItemKnnModel model = Fit(data, setting, cancellation);
        progress?.Report(new TrainProgress("neighbours", data.Items, data.Items));
        return model;
    }

    // One setting after the other, each with the best of those before it: the three hardly depend on each other.
    private Setting Choose(InteractionMatrix data, Setting start, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var held = new HoldOut(data, MaxUsersHeld, _seed);
        int tries = 1 + (_weighting is null ? 2 : 0) + (_shrinkage is null ? 3 : 0) + (_neighbours is null ? 3 : 0);
        int tried = 0;
        Setting best = start;
        double bestQuality = double.NegativeInfinity;
        void Try(Setting setting)
        {
            if (tried > 0 && setting == best)
            {
                return;
            }

            double quality = held.Quality(Fit(held.Train, setting, cancellation), _threads, cancellation);
            progress?.Report(new TrainProgress("choose", ++tried, tries, -quality));
            if (quality > bestQuality)
            {
                (best, bestQuality) = (setting, quality);
            }
        }

        Try(start);
        foreach (ItemKnnWeighting weighting in _weighting is null ? WeightingsTried : [])
        {
            Try(best with { Weighting = weighting });
        }

        foreach (double shrinkage in _shrinkage is null ? ShrinkagesTried : [])
        {
            Try(best with { Shrinkage = shrinkage });
        }

        foreach (int neighbours in _neighbours is null ? NeighboursTried : [])
        {
            Try(best with { Neighbours = neighbours });
        }

        return best;
    }

    private ItemKnnModel Fit(InteractionMatrix data, Setting setting, CancellationToken cancellation)
    {
        (float[] weights, int[] starts) = WeightsOf(data, setting.Weighting);
        double[] lengths = LengthsOf(data, weights, starts);
        var lists = new NeighbourLists(data.Items, setting.Neighbours);
        FixedChunks.Run(
            data.Items,
            64,
            _threads,
            () => (Counts: new CoOccurrence(data), Best: new BoundedBest(setting.Neighbours)),
            (from, to, scratch) =>
            {
                for (int item = from; item < to; item++)
                {
                    scratch.Counts.Fill(item, weights, starts);
                    scratch.Best.Clear();
                    foreach (int other in scratch.Counts.Touched)
                    {
                        if (other != item)
                        {
                            double nearness = scratch.Counts[other] / ((lengths[item] * lengths[other]) + setting.Shrinkage);
                            scratch.Best.Offer(other, (float)nearness);
                        }
                    }

                    lists.Set(item, scratch.Best);
                }
            },
            cancellation);
        (int[] listStarts, int[] neighbours, float[] nearness) = lists.Join();
        return new ItemKnnModel(listStarts, neighbours, nearness, ModelParts.PopularityOf(data));
    }

    private static (float[] Weights, int[] Starts) WeightsOf(InteractionMatrix data, ItemKnnWeighting weighting)
    {
        if (weighting == ItemKnnWeighting.None)
        {
            return ([], []);
        }

        var weights = new float[data.Count];
        var starts = new int[data.Users];
        double meanLength = (double)data.Count / Math.Max(1, data.Items);
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            starts[user] = cell;
            ReadOnlySpan<int> items = data.ItemsOf(user);
            foreach (int item in items)
            {
                weights[cell++] = (float)(weighting == ItemKnnWeighting.Bm25
                    ? Bm25(data.Items, items.Length, data.UsersOf(item).Length, meanLength)
                    : 1 / Math.Log2(1 + items.Length));
            }
        }

        return (weights, starts);
    }

    private static double Bm25(int items, int userLength, int itemLength, double meanLength)
    {
        double rarity = Math.Log(1 + ((items - userLength + 0.5) / (userLength + 0.5)));
        return rarity * 2.2 / (1 + (1.2 * (0.25 + (0.75 * itemLength / meanLength))));
    }

    private static double[] LengthsOf(InteractionMatrix data, float[] weights, int[] starts)
    {
        var lengths = new double[data.Items];
        for (int user = 0; user < data.Users; user++)
        {
            ReadOnlySpan<int> items = data.ItemsOf(user);
            for (int i = 0; i < items.Length; i++)
            {
                double weight = weights.Length == 0 ? 1 : weights[starts[user] + i];
                lengths[items[i]] += weight * weight;
            }
        }

        for (int item = 0; item < lengths.Length; item++)
        {
            lengths[item] = Math.Sqrt(lengths[item]);
        }

        return lengths;
    }

    private readonly record struct Setting(int Neighbours, double Shrinkage, ItemKnnWeighting Weighting);
}
