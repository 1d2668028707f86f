namespace StreamSense.Core.Metrics.Comparison;

/// <summary>The difference of two estimates of known variance.</summary>
internal static class Welch
{
    /// <summary>An interval about right − left.</summary>
    /// <param name="left">What is taken away.</param>
    /// <param name="leftVariance">The variance of that estimate, not of its values.</param>
    /// <param name="leftFreedom">On how many degrees of freedom the variance stands.</param>
    /// <param name="right">What it is taken from.</param>
    /// <param name="rightVariance">The variance of that estimate.</param>
    /// <param name="rightFreedom">Its degrees of freedom.</param>
    /// <param name="tail">The quantile of the upper bound.</param>
    public static Estimate Difference(
        double left, double leftVariance, double leftFreedom, double right, double rightVariance, double rightFreedom, double tail)
    {
        double variance = leftVariance + rightVariance;
        double side = 0;
        if (variance > 0)
        {
            double freedom = variance * variance
                / ((leftVariance * leftVariance / leftFreedom) + (rightVariance * rightVariance / rightFreedom));
            side = StudentDistribution.Quantile(tail, freedom) * Math.Sqrt(variance);
        }

        return new Estimate(right - left, new ConfidenceInterval(right - left - side, right - left + side));
    }
}
