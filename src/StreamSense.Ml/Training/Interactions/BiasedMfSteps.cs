using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The numbers of a training of biased matrix factorisation, and the steps that move them.</summary>
internal sealed unsafe class BiasedMfSteps
{
    private readonly BiasedMfOptions _options;
    private readonly Strata _strata;
    private readonly float _keep;
    private readonly VectorTable _users;
    private readonly VectorTable _items;
    private readonly RatingRange _range;
    private readonly float _deviation;
    private readonly int _count;

    /// <summary>Starts at random.</summary>
    /// <param name="data">The ratings.</param>
    /// <param name="options">How far steps go.</param>
    /// <param name="regularisation">How strongly numbers are held near zero.</param>
    public BiasedMfSteps(InteractionMatrix data, BiasedMfOptions options, double regularisation)
    {
        _options = options;
        _count = data.Count;
        _keep = 1 - (float)(options.LearningRate * regularisation);
        _strata = new Strata(data, options.Seed);
        var random = new SplitMix(options.Seed);
        _users = new VectorTable(data.Users, options.Dimensions);
        _items = new VectorTable(data.Items, options.Dimensions);
        _users.Start(ref random, options.StartDeviation);
        _items.Start(ref random, options.StartDeviation);
        (_range, _deviation) = Measure(data);
    }

    /// <summary>Goes through all ratings once.</summary>
    /// <param name="epoch">Which time it is.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The mean squared error before the steps, on the scale of the ratings.</returns>
    public double Run(int epoch, CancellationToken cancellation)
    {
        _strata.Deal(epoch, _options.Threads, cancellation);
        double sum = _strata.Walk(epoch, _options.Threads, Walk, cancellation);
        return sum / Math.Max(1, _count) * _deviation * _deviation;
    }

    /// <summary>The model, on the scale of the ratings.</summary>
    public BiasedMfModel ToModel() => new(
        _range,
        _options.Dimensions,
        _users.ToBiases(_deviation),
        _items.ToBiases(_deviation),
        _users.ToVectors(_deviation),
        _items.ToVectors());

    private static (RatingRange Range, float Deviation) Measure(InteractionMatrix data)
    {
        double sum = 0;
        double squares = 0;
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        for (int user = 0; user < data.Users; user++)
        {
            foreach (float value in data.ValuesOf(user))
            {
                sum += value;
                squares += (double)value * value;
                lowest = Math.Min(lowest, value);
                highest = Math.Max(highest, value);
            }
        }

        if (data.Count == 0)
        {
            return (default, 1);
        }

        double mean = sum / data.Count;
        double variance = Math.Max(0, (squares / data.Count) - (mean * mean));
        return (new RatingRange((float)mean, lowest, highest), variance > 1e-12 ? (float)Math.Sqrt(variance) : 1);
    }

    private double Walk(Span<Strata.Cell> cells, int itemBlock, ref SplitMix random)
    {
        double squares = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            float error = Step(Strata.Draw(cells, i, ref random));
            squares += error * error;
        }

        return squares;
    }

    private float Step(Strata.Cell rating)
    {
        float* p = _users.PointerTo(rating.User);
        float* q = _items.PointerTo(rating.Item);
        int length = _users.Length;
        ref float userBias = ref _users.BiasOf(rating.User);
        ref float itemBias = ref _items.BiasOf(rating.Item);
        float value = (rating.Value - _range.Mean) / _deviation;
        float error = value - userBias - itemBias - StepKernel.Dot(p, q, length, Vector512.IsHardwareAccelerated);
        float step = (float)_options.LearningRate * error;
        userBias = (userBias * _keep) + step;
        itemBias = (itemBias * _keep) + step;
        StepKernel.Pull(p, q, length, step, _keep, Vector512.IsHardwareAccelerated);
        return error;
    }
}
