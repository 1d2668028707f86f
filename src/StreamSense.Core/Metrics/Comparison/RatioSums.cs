using System.Numerics;

namespace StreamSense.Core.Metrics.Comparison;

/// <summary>What a ratio of two sums over views and its variance are made of, such as stall time over watch time.</summary>
/// <remarks>
/// A value; two of them merge by adding. The views are the sample, not the seconds: the interval comes from the delta method over views
/// (Cochran 1977, "Sampling techniques", section 6.4: the variance of <c>x − r y</c>), worked out without rounding before its
/// division. It is good from about a hundred views on.
/// </remarks>
/// <param name="Count">How many views.</param>
/// <param name="Numerator">The sum of the numerators.</param>
/// <param name="Denominator">The sum of the denominators.</param>
/// <param name="NumeratorSquares">The sum of the squares of the numerators.</param>
/// <param name="DenominatorSquares">The sum of the squares of the denominators.</param>
/// <param name="Products">The sum of the products of each view's numerator and denominator.</param>
public readonly record struct RatioSums(
    long Count, Int128 Numerator, Int128 Denominator, Int128 NumeratorSquares, Int128 DenominatorSquares, Int128 Products)
{
    /// <summary>The ratio; null where the denominator is zero.</summary>
    public double? Ratio => Denominator == 0 ? null : (double)Numerator / (double)Denominator;

    /// <summary>The variance of the ratio; null with fewer than two views, or where the denominator is zero.</summary>
    public double? RatioVariance
    {
        get
        {
            if (Count < 2 || Denominator == 0)
            {
                return null;
            }

            BigInteger x = Numerator;
            BigInteger y = Denominator;
            BigInteger residuals = (NumeratorSquares * y * y) - (2 * x * y * Products) + (x * x * DenominatorSquares);

            // Σ(x − r y)² ÷ (n − 1) ÷ n ÷ mean(y)², where y⁴ no longer fits a double if it is not divided step by step.
            double denominator = (double)Denominator;
            return (double)residuals / denominator / denominator / denominator / denominator * Count / (Count - 1);
        }
    }

    /// <summary>The ratio with its interval.</summary>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public Estimate Estimate(double confidence = 0.95)
    {
        double tail = Confidence.UpperTail(confidence);
        if (Ratio is not { } ratio || RatioVariance is not { } variance)
        {
            return new Estimate(Ratio, null);
        }

        double side = StudentDistribution.Quantile(tail, Count - 1) * Math.Sqrt(variance);
        return new Estimate(ratio, new ConfidenceInterval(ratio - side, ratio + side));
    }

    /// <summary>How much higher another ratio is, with an interval.</summary>
    /// <param name="other">The sums of an independent sample, in the same units.</param>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    public Estimate DifferenceTo(in RatioSums other, double confidence = 0.95)
    {
        double tail = Confidence.UpperTail(confidence);
        if (Ratio is not { } left || other.Ratio is not { } right)
        {
            return Comparison.Estimate.None;
        }

        return RatioVariance is { } leftVariance && other.RatioVariance is { } rightVariance
            ? Welch.Difference(left, leftVariance, Count - 1, right, rightVariance, other.Count - 1, tail)
            : new Estimate(right - left, null);
    }
}
