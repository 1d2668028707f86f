using System.Numerics;

namespace StreamSense.Core.Metrics.Comparison;

/// <summary>What a mean and its variance are made of, in whole numbers: a count, a sum and a sum of squares.</summary>
/// <remarks>
/// A value; two of them merge by adding, to the same bits in any order. The variance is worked out without rounding before its division,
/// so that large values that differ little lose nothing. Values are in a unit of the caller's.
/// </remarks>
/// <param name="Count">How many values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
public readonly record struct MeanSums(long Count, Int128 Sum, Int128 SumOfSquares)
{
    /// <summary>The mean; null without values.</summary>
    public double? Mean => Count == 0 ? null : (double)Sum / Count;

    /// <summary>The variance of the population that the values are a sample of; null with fewer than two.</summary>
    public double? Variance =>
        Count < 2 ? null : (double)((Count * (BigInteger)SumOfSquares) - ((BigInteger)Sum * Sum)) / Count / (Count - 1);

    /// <summary>The mean with Student's interval.</summary>
    /// <remarks>Exact for normal values; for others good from some dozens of values on, later the more skewed they are.</remarks>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public Estimate Estimate(double confidence = 0.95)
    {
        double tail = Confidence.UpperTail(confidence);
        if (Mean is not { } mean || Variance is not { } variance)
        {
            return new Estimate(Mean, null);
        }

        double side = StudentDistribution.Quantile(tail, Count - 1) * Math.Sqrt(variance / Count);
        return new Estimate(mean, new ConfidenceInterval(mean - side, mean + side));
    }

    /// <summary>How much higher another mean is, with an interval that does not take the variances for equal.</summary>
    /// <remarks>Welch 1947, "The generalization of Student's problem"; degrees of freedom after Satterthwaite 1946.</remarks>
    /// <param name="other">The sums of an independent sample, in the same unit.</param>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    public Estimate DifferenceTo(in MeanSums other, double confidence = 0.95)
    {
        double tail = Confidence.UpperTail(confidence);
        if (Mean is not { } left || other.Mean is not { } right)
        {
            return Comparison.Estimate.None;
        }

        if (Variance is not { } leftVariance || other.Variance is not { } rightVariance)
        {
            return new Estimate(right - left, null);
        }

        return Welch.Difference(left, leftVariance / Count, Count - 1, right, rightVariance / other.Count, other.Count - 1, tail);
    }
}
