using System.Numerics;
using System.Numerics.Tensors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The numbers of a training of biased matrix factorisation, and the steps that move them.</summary>
internal sealed class BiasedMfSteps
{
    private const int CheckEvery = 1 << 16;

    private readonly int _dimensions;
    private readonly float _rate;
    private readonly float _regularisation;
    private readonly float[] _userBiases;
    private readonly float[] _itemBiases;
    private readonly float[] _userVectors;
    private readonly float[] _itemVectors;
    private readonly List<Rating> _held = [];
    private readonly Rating[] _ratings;
    private readonly RatingRange _range;
    private readonly float _deviation;
    private SplitMix _random;

    /// <summary>Starts at random.</summary>
    /// <param name="data">The ratings.</param>
    /// <param name="isHeld">Which of them are kept back, in row order; empty for none.</param>
    /// <param name="options">How far steps go.</param>
    /// <param name="regularisation">How strongly numbers are held near zero.</param>
    public BiasedMfSteps(InteractionMatrix data, ReadOnlySpan<bool> isHeld, BiasedMfOptions options, double regularisation)
    {
        _dimensions = options.Dimensions;
        _rate = (float)options.LearningRate;
        _regularisation = (float)regularisation;
        _random = new SplitMix(options.Seed);
        _userBiases = new float[data.Users];
        _itemBiases = new float[data.Items];
        _userVectors = Start(data.Users, options.StartDeviation);
        _itemVectors = Start(data.Items, options.StartDeviation);
        var ratings = new List<Rating>(data.Count);
        int cell = 0;
        for (int user = 0; user < data.Users; user++)
        {
            for (int i = 0; i < data.ItemsOf(user).Length; i++, cell++)
            {
                (isHeld.IsEmpty || !isHeld[cell] ? ratings : _held).Add(new Rating(user, data.ItemsOf(user)[i], data.ValuesOf(user)[i]));
            }
        }

        _ratings = [.. ratings];
        (_range, _deviation) = Measure(_ratings);
        for (int i = 0; i < _ratings.Length; i++)
        {
            _ratings[i] = _ratings[i] with { Value = (_ratings[i].Value - _range.Mean) / _deviation };
        }
    }

    /// <summary>Goes through all ratings once.</summary>
    /// <returns>The mean squared error before the steps, on the scale of the ratings.</returns>
    public double Run(CancellationToken cancellation)
    {
        double sum = 0;
        for (int i = 0; i < _ratings.Length; i++)
        {
            if (i % CheckEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // The order is drawn while it is walked: one exchange a step (Fisher and Yates).
            int other = i + _random.Below(_ratings.Length - i);
            (_ratings[i], _ratings[other]) = (_ratings[other], _ratings[i]);
            double error = Step(_ratings[i]);
            sum += error * error;
        }

        return _ratings.Length == 0 ? 0 : sum / _ratings.Length * _deviation * _deviation;
    }

    /// <summary>The root of the mean squared error of what was kept back.</summary>
    public double HeldError()
    {
        BiasedMfModel model = ToModel();
        double sum = 0;
        foreach (Rating rating in _held)
        {
            double error = rating.Value - model.Predict(rating.User, rating.Item);
            sum += error * error;
        }

        return Math.Sqrt(sum / Math.Max(1, _held.Count));
    }

    /// <summary>The model, on the scale of the ratings.</summary>
    public BiasedMfModel ToModel()
    {
        float[] userBiases = Scaled(_userBiases, _deviation);
        float[] itemBiases = Scaled(_itemBiases, _deviation);
        return new BiasedMfModel(
            _range, _dimensions, userBiases, itemBiases, Scaled(_userVectors, _deviation), _itemVectors);
    }

    private static (RatingRange Range, float Deviation) Measure(Rating[] ratings)
    {
        double sum = 0;
        double squares = 0;
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        foreach (Rating rating in ratings)
        {
            sum += rating.Value;
            squares += (double)rating.Value * rating.Value;
            lowest = Math.Min(lowest, rating.Value);
            highest = Math.Max(highest, rating.Value);
        }

        if (ratings.Length == 0)
        {
            return (default, 1);
        }

        double mean = sum / ratings.Length;
        double variance = Math.Max(0, (squares / ratings.Length) - (mean * mean));
        return (new RatingRange((float)mean, lowest, highest), variance > 1e-12 ? (float)Math.Sqrt(variance) : 1);
    }

    private static float[] Scaled(float[] values, float factor)
    {
        var result = new float[values.Length];
        TensorPrimitives.Multiply(values, factor, result);
        return result;
    }

    private static float Dot(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
    {
        int i = 0;
        Vector<float> sum = default;
        for (; i + Vector<float>.Count <= p.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(p[i..]) * new Vector<float>(q[i..]);
        }

        float result = Vector.Sum(sum);
        for (; i < p.Length; i++)
        {
            result += p[i] * q[i];
        }

        return result;
    }

    private float Step(Rating rating)
    {
        Span<float> p = _userVectors.AsSpan(rating.User * _dimensions, _dimensions);
        Span<float> q = _itemVectors.AsSpan(rating.Item * _dimensions, _dimensions);
        float error = rating.Value - _userBiases[rating.User] - _itemBiases[rating.Item] - Dot(p, q);
        float step = _rate * error;
        float keep = 1 - (_rate * _regularisation);
        _userBiases[rating.User] = (_userBiases[rating.User] * keep) + step;
        _itemBiases[rating.Item] = (_itemBiases[rating.Item] * keep) + step;
        int i = 0;
        for (; i + Vector<float>.Count <= p.Length; i += Vector<float>.Count)
        {
            var user = new Vector<float>(p[i..]);
            var item = new Vector<float>(q[i..]);
            ((user * keep) + (item * step)).CopyTo(p[i..]);
            ((item * keep) + (user * step)).CopyTo(q[i..]);
        }

        for (; i < p.Length; i++)
        {
            (float user, float item) = (p[i], q[i]);
            p[i] = (user * keep) + (item * step);
            q[i] = (item * keep) + (user * step);
        }

        return error;
    }

    private float[] Start(int count, double deviation)
    {
        var result = new float[count * _dimensions];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)(_random.Normal() * deviation);
        }

        return result;
    }

    private readonly record struct Rating(int User, int Item, float Value);
}
