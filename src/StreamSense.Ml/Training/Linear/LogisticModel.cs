using System.Collections.Immutable;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Training.Linear;

/// <summary>A probability as a function of a weighted sum of features.</summary>
/// <remarks>Immutable, and safe for many threads.</remarks>
public sealed class LogisticModel
{
    // A weight that adds nothing to any feature one meets, so that its stand-in can carry the weight of absence.
    private const double Nothing = 1e-24;

    internal LogisticModel(double bias, ImmutableArray<double> weights, ImmutableArray<double> absences, int iterations, double loss)
    {
        Bias = bias;
        Weights = weights;
        Absences = absences;
        Iterations = iterations;
        Loss = loss;
    }

    /// <summary>The log-odds where all features are 0.</summary>
    public double Bias { get; }

    /// <summary>What one unit of each feature adds to the log-odds.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>What the absence of each feature adds to the log-odds.</summary>
    public ImmutableArray<double> Absences { get; }

    /// <summary>How many steps the fit took.</summary>
    public int Iterations { get; }

    /// <summary>The mean log loss of the rows it was fitted to.</summary>
    public double Loss { get; }

    /// <summary>The log-odds of a row.</summary>
    /// <param name="features">The features; NaN where one is missing.</param>
    /// <exception cref="ArgumentException">There are not as many as weights.</exception>
    public double LogOdds(ReadOnlySpan<float> features)
    {
        if (features.Length != Weights.Length)
        {
            throw new ArgumentException($"There are {Weights.Length} features, not {features.Length}.", nameof(features));
        }

        double sum = Bias;
        for (int i = 0; i < features.Length; i++)
        {
            sum += float.IsNaN(features[i]) ? Absences[i] : Weights[i] * features[i];
        }

        return sum;
    }

    /// <summary>The probability of a row.</summary>
    /// <param name="features">The features; NaN where one is missing.</param>
    /// <exception cref="ArgumentException">There are not as many as weights.</exception>
    public double Predict(ReadOnlySpan<float> features) => Sigmoid.Of(LogOdds(features));

    /// <summary>The model as one that a <see cref="LinearRanker"/> serves; its scores are log-odds, in single precision.</summary>
    /// <param name="layout">The features of the columns, in their order.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The model's version.</param>
    /// <exception cref="ArgumentException">The layout has not as many features as there are weights, or a number is too large.</exception>
    public LinearModel ToLinearModel(FeatureLayout layout, string name, string version)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Count != Weights.Length)
        {
            throw new ArgumentException($"The layout has {layout.Count} features, the model {Weights.Length}.", nameof(layout));
        }

        ImmutableArray<FeatureWeight>.Builder weights = ImmutableArray.CreateBuilder<FeatureWeight>(Weights.Length);
        for (int i = 0; i < Weights.Length; i++)
        {
            double weight = Math.Abs(Weights[i]) < Nothing ? Nothing : Weights[i];
            weights.Add(new FeatureWeight(layout.Features[i].Name, (float)weight, (float)(Absences[i] / weight)));
        }

        if (weights.Any(weight => !float.IsFinite(weight.Weight) || !float.IsFinite(weight.Missing)) || !float.IsFinite((float)Bias))
        {
            throw new ArgumentException("A weight is too large for single precision.");
        }

        return new LinearModel(name, version, weights.MoveToImmutable(), (float)Bias, layout.Hash);
    }
}
