namespace StreamSense.Core.Metrics.Comparison;

/// <summary>A share of trials that had an outcome, such as plays that stalled.</summary>
/// <remarks>A value; two of them merge by adding. Trials are taken as independent; many views of one viewer are not quite.</remarks>
/// <param name="Successes">Trials with the outcome, not above the trials.</param>
/// <param name="Trials">All trials.</param>
public readonly record struct Proportion(long Successes, long Trials)
{
    /// <summary>The share; null without trials.</summary>
    public double? Value => Trials == 0 ? null : (double)Successes / Trials;

    /// <summary>The share with its score interval.</summary>
    /// <remarks>Wilson 1927, "Probable inference"; it never leaves 0 to 1 and serves for few trials, too.</remarks>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public Estimate Estimate(double confidence = 0.95)
    {
        double z = NormalDistribution.Quantile(Confidence.UpperTail(confidence));
        if (Value is not { } share)
        {
            return Comparison.Estimate.None;
        }

        double n = Trials;
        double shrink = 1 + (z * z / n);
        double middle = (share + (z * z / (2 * n))) / shrink;
        double side = z / shrink * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));

        // At the ends the bound is the end itself, which rounding may miss.
        double lower = Successes == 0 ? 0 : Math.Max(0, middle - side);
        double upper = Successes == Trials ? 1 : Math.Min(1, middle + side);
        return new Estimate(share, new ConfidenceInterval(lower, upper));
    }

    /// <summary>How much higher another share is, with an interval.</summary>
    /// <remarks>Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.</remarks>
    /// <param name="other">The share of an independent sample.</param>
    /// <param name="confidence">How sure the interval is, between 0 and 1.</param>
    public Estimate DifferenceTo(Proportion other, double confidence = 0.95) =>
        Comparison.Estimate.Difference(Estimate(confidence), other.Estimate(confidence));
}
