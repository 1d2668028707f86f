using System.Collections.Immutable;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Training.Linear;

/// <summary>Learns a logistic model from one row at a time, keeping weights at 0 until there is evidence for another value.</summary>
/// <remarks>
/// FTRL-Proximal with a step size of each weight (McMahan et al., "Ad Click Prediction: a View from the Trenches", 2013, algorithm 1). A
/// weight is not stored but follows from two sums. Features should be of about one: those of thousands drown the others. Memory: 16 bytes
/// a weight, fixed when it is made: 16 MiB for 2^20. Nothing is allocated after that. For one thread at a time; publish
/// <see cref="ToLinearModel"/> to those that rank. Deterministic: the same rows in the same order give the same bits.
/// </remarks>
public sealed class FtrlLearner
{
    private const double LargestLogOdds = 35;

    private readonly FtrlOptions _options;
    private readonly double[] _z;
    private readonly double[] _n;
    private double _interceptZ;
    private double _interceptN;

    /// <summary>Makes a learner that knows nothing: every prediction is a half.</summary>
    /// <param name="size">How many weights there are: the columns of a layout, or <see cref="FeatureHasher.Size"/>.</param>
    /// <param name="options">How to learn; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the size is not positive.</exception>
    public FtrlLearner(int size, FtrlOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _options = options ?? new FtrlOptions();
        _options.Validate();
        _z = new double[size];
        _n = new double[size];
    }

    /// <summary>How many weights there are.</summary>
    public int Size => _z.Length;

    /// <summary>How many rows it has learnt from.</summary>
    public long Rows { get; private set; }

    /// <summary>The weight that every row has.</summary>
    public double Intercept => _options.Intercept ? WeightOf(_interceptZ, _interceptN, l1: 0, l2: 0) : 0;

    /// <summary>The sums of gradients, each less what its weight had of them: z.</summary>
    internal ReadOnlySpan<double> Z => _z;

    /// <summary>The sums of squared gradients: n.</summary>
    internal ReadOnlySpan<double> N => _n;

    /// <summary>A weight.</summary>
    /// <param name="index">Which.</param>
    public double this[int index] => WeightOf(_z[index], _n[index], _options.L1, _options.L2);

    /// <summary>The probability of a row of few features.</summary>
    /// <param name="indices">The weights that it has; one may be there twice.</param>
    /// <param name="values">How much it has of each; empty for 1.</param>
    public double Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values = default)
    {
        CheckLengths(indices, values);
        double logOdds = Intercept;
        for (int i = 0; i < indices.Length; i++)
        {
            logOdds += this[indices[i]] * (values.IsEmpty ? 1 : values[i]);
        }

        return ProbabilityOf(logOdds);
    }

    /// <summary>The probability of a row of all features.</summary>
    /// <param name="features">The features; NaN where one is missing, which adds nothing.</param>
    public double Predict(ReadOnlySpan<float> features)
    {
        CheckLength(features);
        double logOdds = Intercept;
        for (int i = 0; i < features.Length; i++)
        {
            logOdds += IsPresent(features[i]) ? this[i] * features[i] : 0;
        }

        return ProbabilityOf(logOdds);
    }

    /// <summary>Learns from a row of few features.</summary>
    /// <param name="indices">The weights that it has; each once.</param>
    /// <param name="values">How much it has of each; empty for 1. Finite.</param>
    /// <param name="label">0 or 1.</param>
    /// <param name="weight">How many rows it stands for.</param>
    /// <returns>The probability before it was learnt.</returns>
    public double Learn(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, float label, float weight = 1)
    {
        double probability = Predict(indices, values);
        double miss = MissOf(probability, label, weight);
        for (int i = 0; i < indices.Length; i++)
        {
            Update(indices[i], miss * (values.IsEmpty ? 1 : values[i]));
        }

        UpdateIntercept(miss);
        return probability;
    }

    /// <summary>Learns from a row of all features.</summary>
    /// <param name="features">The features; NaN where one is missing, which is not learnt from.</param>
    /// <param name="label">0 or 1.</param>
    /// <param name="weight">How many rows it stands for.</param>
    /// <returns>The probability before it was learnt.</returns>
    public double Learn(ReadOnlySpan<float> features, float label, float weight = 1)
    {
        double probability = Predict(features);
        double miss = MissOf(probability, label, weight);
        for (int i = 0; i < features.Length; i++)
        {
            if (IsPresent(features[i]))
            {
                Update(i, miss * features[i]);
            }
        }

        UpdateIntercept(miss);
        return probability;
    }

    /// <summary>Learns from rows in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="passes">How often to go over them.</param>
    /// <param name="progress">Told after each pass, with the mean loss before learning; may be null.</param>
    /// <param name="cancellation">Ends it between two passes, with an exception.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Learn(
        LabelledRows rows, int passes = 1, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        for (int pass = 1; pass <= passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                double said = Learn(rows[row], rows.Labels[row], rows.WeightOf(row));
                loss -= (rows.Labels[row] * Math.Log(said)) + ((1 - rows.Labels[row]) * Math.Log(1 - said));
            }

            progress?.Report(new TrainProgress("pass", pass, passes, rows.Count > 0 ? loss / rows.Count : null));
        }
    }

    /// <summary>The weights as a model that a <see cref="LinearRanker"/> serves; its scores are log-odds, in single precision.</summary>
    /// <param name="layout">The features of the weights, in their order.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The model's version.</param>
    /// <exception cref="ArgumentException">The layout has not as many features as there are weights.</exception>
    public LinearModel ToLinearModel(FeatureLayout layout, string name, string version)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Count != Size)
        {
            throw new ArgumentException($"The layout has {layout.Count} features, the learner {Size} weights.", nameof(layout));
        }

        ImmutableArray<FeatureWeight>.Builder weights = ImmutableArray.CreateBuilder<FeatureWeight>();
        for (int i = 0; i < Size; i++)
        {
            if (this[i] != 0)
            {
                weights.Add(new FeatureWeight(layout.Features[i].Name, (float)this[i]));
            }
        }

        return new LinearModel(name, version, weights.ToImmutable(), (float)Intercept, layout.Hash);
    }

    private static double ProbabilityOf(double logOdds) => Sigmoid.Of(Math.Clamp(logOdds, -LargestLogOdds, LargestLogOdds));

    private static double MissOf(double probability, float label, float weight)
    {
        if (!(label >= 0 && label <= 1) || !(weight >= 0 && float.IsFinite(weight)))
        {
            throw new ArgumentOutOfRangeException(nameof(label), label, "A label is 0 to 1, and a weight 0 or more.");
        }

        return weight * (probability - label);
    }

    // What is not a number is not there, and what is infinite would be learnt from forever.
    private static bool IsPresent(float feature) => float.IsFinite(feature);

    private static void CheckLengths(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        if (!values.IsEmpty && values.Length != indices.Length)
        {
            throw new ArgumentException($"{indices.Length} indices have {values.Length} values.", nameof(values));
        }
    }

    private void CheckLength(ReadOnlySpan<float> features)
    {
        if (features.Length != Size)
        {
            throw new ArgumentException($"There are {Size} features, not {features.Length}.", nameof(features));
        }
    }

    private double WeightOf(double z, double n, double l1, double l2) =>
        Math.Abs(z) <= l1 ? 0 : -(z - (Math.Sign(z) * l1)) / (((_options.Beta + Math.Sqrt(n)) / _options.Alpha) + l2);

    private void Update(int index, double gradient)
    {
        double weight = this[index];
        double sigma = (Math.Sqrt(_n[index] + (gradient * gradient)) - Math.Sqrt(_n[index])) / _options.Alpha;
        _z[index] += gradient - (sigma * weight);
        _n[index] += gradient * gradient;
    }

    private void UpdateIntercept(double gradient)
    {
        Rows++;
        if (_options.Intercept)
        {
            double weight = Intercept;
            double sigma = (Math.Sqrt(_interceptN + (gradient * gradient)) - Math.Sqrt(_interceptN)) / _options.Alpha;
            _interceptZ += gradient - (sigma * weight);
            _interceptN += gradient * gradient;
        }
    }
}
