namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The difference of two independent shares with its interval of 95 % confidence.</summary>
/// <remarks>
/// Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998),
/// method 10: the Wilson score intervals of both, put together. It holds for few views, and for shares of 0 and 1.
/// </remarks>
internal readonly record struct ProportionDifference(double Difference, double Low, double High)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>The second share less the first; null where one has no denominator.</summary>
    public static ProportionDifference? Of(long firstCount, long firstOf, long secondCount, long secondOf)
    {
        if (firstOf == 0 || secondOf == 0)
        {
            return null;
        }

        double first = (double)firstCount / firstOf;
        double second = (double)secondCount / secondOf;
        (double firstLow, double firstHigh) = Wilson(first, firstOf);
        (double secondLow, double secondHigh) = Wilson(second, secondOf);
        double difference = second - first;
        return new ProportionDifference(
            difference,
            Math.Max(-1, difference - Norm(second - secondLow, firstHigh - first)),
            Math.Min(1, difference + Norm(secondHigh - second, first - firstLow)));
    }

    private static (double Low, double High) Wilson(double share, long count)
    {
        const double Square = NormalQuantile * NormalQuantile;
        double middle = share + (Square / (2 * count));
        double reach = NormalQuantile * Math.Sqrt((share * (1 - share) / count) + (Square / (4d * count * count)));
        double scale = 1 + (Square / count);
        return ((middle - reach) / scale, (middle + reach) / scale);
    }

    private static double Norm(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
