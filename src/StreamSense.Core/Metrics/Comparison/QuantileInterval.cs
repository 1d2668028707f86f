using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Comparison;

/// <summary>Confidence intervals of quantiles, from the ranks that a sketch answers.</summary>
/// <remarks>
/// The interval lies between two of the sample's own values, whose ranks the binomial distribution gives (David, Nagaraja 2003, "Order
/// statistics", section 7.1): nothing is assumed of how the values are spread. It covers at least as often as it says, a little more for
/// small samples, since ranks are whole; each bound has the sketch's own error besides. Ranks are exact up to 100,000 values and by
/// the normal approximation beyond.
/// </remarks>
public static class QuantileInterval
{
    private const long MostExact = 100_000;

    /// <summary>A quantile with its interval.</summary>
    /// <param name="sketch">The values.</param>
    /// <param name="quantile">The quantile, between 0 and 1.</param>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    /// <returns>In the unit of the sketch; a bound that no value gives, because there are too few, is null.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile or the confidence is not between 0 and 1.</exception>
    public static Estimate Of(QuantileSketch sketch, double quantile, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sketch);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(quantile, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantile, 1);
        double tail = Confidence.UpperTail(confidence);
        if (sketch.Quantile(quantile) is not { } value)
        {
            return Estimate.None;
        }

        (long lower, long upper) = Ranks(sketch.Count, quantile, tail);
        return new Estimate(value, new ConfidenceInterval(ValueAt(sketch, lower), ValueAt(sketch, upper)));
    }

    /// <summary>How much higher the quantile of another sample is, with an interval made of the intervals of the two.</summary>
    /// <param name="left">The values whose quantile is taken away.</param>
    /// <param name="right">The values of an independent sample.</param>
    /// <param name="quantile">The quantile, between 0 and 1.</param>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    /// <returns>In the unit of the sketches. The method of variance estimates recovery (Zou, Donner 2008).</returns>
    public static Estimate Difference(QuantileSketch left, QuantileSketch right, double quantile, double confidence = 0.95) =>
        Estimate.Difference(Of(left, quantile, confidence), Of(right, quantile, confidence));

    /// <summary>The ranks of the values between which the quantile lies; 0, or one above the count, where there is none.</summary>
    internal static (long Lower, long Upper) Ranks(long count, double quantile, double tail)
    {
        if (count > MostExact)
        {
            double middle = count * quantile;
            double side = NormalDistribution.Quantile(tail) * Math.Sqrt(middle * (1 - quantile));
            return ((long)Math.Floor(middle - side), (long)Math.Ceiling(middle + side) + 1);
        }

        // The r-th value is above the quantile as often as fewer than r values are at or below it.
        return (FirstAbove(count, quantile, 1 - tail), FirstAbove(count, quantile, tail) + 1);
    }

    // The least k at which the distribution of the number of values at or below the quantile exceeds a level.
    private static long FirstAbove(long count, double quantile, double level)
    {
        long low = 0;
        long high = count;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (BinomialAtMost(middle, count, quantile) > level)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static double BinomialAtMost(long k, long count, double probability) =>
        k >= count ? 1 : IncompleteBeta.Regularized(count - k, k + 1, 1 - probability);

    private static double? ValueAt(QuantileSketch sketch, long rank) =>
        rank < 1 || rank > sketch.Count ? null : sketch.Quantile((rank - 0.5) / sketch.Count);
}
