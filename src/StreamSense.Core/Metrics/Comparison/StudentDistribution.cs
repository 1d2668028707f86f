namespace StreamSense.Core.Metrics.Comparison;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    // Beyond, the difference to the normal distribution is below a millionth of a standard deviation at any level of use.
    private const double NormalFreedom = 1e7;

    /// <summary>The share of the distribution at or below a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="freedom">The degrees of freedom, above zero; need not be whole.</param>
    public static double AtMost(double value, double freedom)
    {
        double tail = 0.5 * IncompleteBeta.Regularized(freedom / 2, 0.5, freedom / (freedom + (value * value)));
        return value < 0 ? tail : 1 - tail;
    }

    /// <summary>The value below which a share of the distribution lies; to about ten digits.</summary>
    /// <remarks>By halving an interval that is first doubled until it holds the value, on <see cref="AtMost"/>.</remarks>
    /// <param name="probability">The share, between 0 and 1.</param>
    /// <param name="freedom">The degrees of freedom, above zero; need not be whole.</param>
    public static double Quantile(double probability, double freedom)
    {
        if (freedom >= NormalFreedom)
        {
            return NormalDistribution.Quantile(probability);
        }

        if (probability < 0.5)
        {
            return -Quantile(1 - probability, freedom);
        }

        double low = 0;
        double high = 2;
        for (int i = 0; i < 1_000 && AtMost(high, freedom) < probability; i++)
        {
            low = high;
            high *= 2;
        }

        for (int i = 0; i < 100 && high - low > 1e-14 * high; i++)
        {
            double middle = low + ((high - low) / 2);
            if (AtMost(middle, freedom) < probability)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low + ((high - low) / 2);
    }
}
