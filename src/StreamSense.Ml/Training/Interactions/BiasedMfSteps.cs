using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The numbers of a training of biased matrix factorisation, and the steps that move them.</summary>
internal sealed unsafe class BiasedMfSteps
{
    private readonly BiasedMfOptions _options;
    private readonly Strata _strata;
    private readonly float _regularisation;
    private readonly RatingBiases _biases;
    private readonly VectorTable _users;
    private readonly VectorTable _items;
    private readonly float[] _userHolds;
    private readonly float[] _itemHolds;
    private readonly int _count;

    /// <summary>Starts with biases that are fitted, and vectors at random.</summary>
    /// <param name="data">The ratings.</param>
    /// <param name="options">How far steps go.</param>
    /// <param name="biases">The biases.</param>
    /// <param name="shape">How strongly numbers are held near zero.</param>
    public BiasedMfSteps(InteractionMatrix data, BiasedMfOptions options, RatingBiases biases, BiasedMfShape shape)
    {
        _options = options;
        _count = data.Count;
        _biases = biases;
        _regularisation = (float)shape.Regularisation;
        _strata = new Strata(data, options.Seed);
        var random = new SplitMix(options.Seed);
        _users = new VectorTable(data.Users, options.Dimensions);
        _items = new VectorTable(data.Items, options.Dimensions);
        _users.Start(ref random, options.StartDeviation);
        _items.Start(ref random, options.StartDeviation);
        _userHolds = Begin(_users, biases.Users, user => data.ItemsOf(user).Length, shape.UserShrinkage);
        _itemHolds = Begin(_items, biases.Items, item => data.UsersOf(item).Length, shape.ItemShrinkage);
    }

    /// <summary>Goes through all ratings once.</summary>
    /// <param name="epoch">Which time it is.</param>
    /// <param name="rate">How far steps go.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The mean squared error before the steps, on the scale of the ratings.</returns>
    public double Run(int epoch, float rate, CancellationToken cancellation)
    {
        _strata.Deal(epoch, _options.Threads, cancellation);
        double sum = _strata.Walk(
            epoch,
            _options.Threads,
            (Span<Strata.Cell> cells, int _, ref SplitMix random) => Walk(cells, ref random, rate),
            cancellation);
        return sum / Math.Max(1, _count) * _biases.Scale.Deviation * _biases.Scale.Deviation;
    }

    /// <summary>The model on the scale of the ratings, mixed with the biases alone that it began with.</summary>
    /// <param name="share">The share of what was learnt since.</param>
    public BiasedMfModel ToModel(double share = 1)
    {
        float part = (float)share;
        float deviation = _biases.Scale.Deviation;
        return new BiasedMfModel(
            _biases.Scale.Range,
            _options.Dimensions,
            Mixed(_users, _biases.Users, part, deviation),
            Mixed(_items, _biases.Items, part, deviation),
            _users.ToVectors(deviation * part),
            _items.ToVectors());
    }

    // A number that nothing moves says nothing: a row without ratings has no vector. The others' biases are held as their shrinkage says,
    // in equal parts by each of their ratings.
    private static float[] Begin(VectorTable table, float[] biases, Func<int, int> countOf, double shrinkage)
    {
        var holds = new float[table.Rows];
        for (int row = 0; row < table.Rows; row++)
        {
            int count = countOf(row);
            holds[row] = (float)(shrinkage / Math.Max(1, count));
            table.BiasOf(row) = biases[row];
            if (count == 0)
            {
                table[row].Clear();
            }
        }

        return holds;
    }

    private static float[] Mixed(VectorTable table, float[] alone, float share, float deviation)
    {
        float[] result = table.ToBiases();
        for (int row = 0; row < result.Length; row++)
        {
            result[row] = deviation * (alone[row] + (share * (result[row] - alone[row])));
        }

        return result;
    }

    private double Walk(Span<Strata.Cell> cells, ref SplitMix random, float rate)
    {
        double squares = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            float error = Step(Strata.Draw(cells, i, ref random), rate);
            squares += error * error;
        }

        return squares;
    }

    private float Step(Strata.Cell rating, float rate)
    {
        float* p = _users.PointerTo(rating.User);
        float* q = _items.PointerTo(rating.Item);
        int length = _users.Length;
        ref float userBias = ref _users.BiasOf(rating.User);
        ref float itemBias = ref _items.BiasOf(rating.Item);
        float error = _biases.Scale.Scaled(rating.Value) - userBias - itemBias
            - StepKernel.Dot(p, q, length, Vector512.IsHardwareAccelerated);
        float step = rate * error;
        userBias = (userBias * MathF.Max(0, 1 - (rate * _userHolds[rating.User]))) + step;
        itemBias = (itemBias * MathF.Max(0, 1 - (rate * _itemHolds[rating.Item]))) + step;
        StepKernel.Pull(p, q, length, step, 1 - (rate * _regularisation), Vector512.IsHardwareAccelerated);
        return error;
    }
}
