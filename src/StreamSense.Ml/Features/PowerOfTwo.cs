namespace StreamSense.Ml.Features;

/// <summary>Powers of two with exponents up to 0, as fading needs them: several a candidate and ranking.</summary>
/// <remarks>
/// The exponent is split into whole sixteenths, looked up, and a rest of at most a thirty-second, whose power is a short Taylor series
/// (after Tang, "Table-driven implementation of the exponential function", 1989). Within 4 units in the last place of
/// the runtime's, exact for whole exponents, and of additions and products only: the same bits on every machine.
/// </remarks>
internal static class PowerOfTwo
{
    private const int Steps = 16;
    private const int StepBits = 4;
    private const double StepLogarithm = 0.693147180559945309417232 / Steps;
    private const int SmallestExponent = -1022;
    private const int ExponentBias = 1023;
    private const int FractionBits = 52;

    private static readonly double[] Roots = MakeRoots();

    /// <summary>2 to the power of an exponent.</summary>
    /// <param name="exponent">At most 0; below -1022 the result is 0.</param>
    public static double Raise(double exponent)
    {
        if (!(exponent > SmallestExponent))
        {
            return 0;
        }

        double scaled = exponent * Steps;
        double nearest = Math.Round(scaled);
        double rest = (scaled - nearest) * StepLogarithm;
        double series = (1 / 720.0) + (rest * (1 / 5040.0));
        series = (1 / 120.0) + (rest * series);
        series = (1 / 24.0) + (rest * series);
        series = (1 / 6.0) + (rest * series);
        series = (1 / 2.0) + (rest * series);
        series = 1 + (rest * series);
        series = 1 + (rest * series);
        long steps = (long)nearest;
        double whole = BitConverter.Int64BitsToDouble(((steps >> StepBits) + ExponentBias) << FractionBits);
        return whole * Roots[steps & (Steps - 1)] * series;
    }

    // 2^(k/16) from square roots, which every processor rounds alike.
    private static double[] MakeRoots()
    {
        var roots = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            double root = 1;
            double factor = 2;
            for (int bit = Steps / 2; bit > 0; bit /= 2)
            {
                factor = Math.Sqrt(factor);
                root *= (step & bit) != 0 ? factor : 1;
            }

            roots[step] = root;
        }

        return roots;
    }
}
