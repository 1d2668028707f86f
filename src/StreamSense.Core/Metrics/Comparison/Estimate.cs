namespace StreamSense.Core.Metrics.Comparison;

/// <summary>A value worked out from a sample, and how far it can be trusted.</summary>
/// <param name="Value">The value; null where the sample has none.</param>
/// <param name="Interval">Its confidence interval; null where the sample is too small for one.</param>
public readonly record struct Estimate(double? Value, ConfidenceInterval? Interval)
{
    /// <summary>No value.</summary>
    public static Estimate None => default;

    /// <summary>
    /// The difference of two independent estimates from their own intervals (method of variance estimates recovery): each side of its
    /// interval is the root of the sum of squares of the sides that work in its direction.
    /// </summary>
    /// <remarks>
    /// Zou, Donner 2008, "Construction of confidence intervals about effect measures", section 2; for two Wilson intervals it is
    /// method 10 of Newcombe 1998, "Interval estimation for the difference between independent proportions".
    /// </remarks>
    /// <param name="left">What is taken away.</param>
    /// <param name="right">What it is taken from.</param>
    internal static Estimate Difference(in Estimate left, in Estimate right)
    {
        if (left.Value is not { } a || right.Value is not { } b)
        {
            return None;
        }

        if (left.Interval is not { } l || right.Interval is not { } r)
        {
            return new Estimate(b - a, null);
        }

        double? lower = r.Lower is { } rightLower && l.Upper is { } leftUpper ? b - a - Hypotenuse(b - rightLower, leftUpper - a) : null;
        double? upper = r.Upper is { } rightUpper && l.Lower is { } leftLower ? b - a + Hypotenuse(rightUpper - b, a - leftLower) : null;
        return new Estimate(b - a, new ConfidenceInterval(lower, upper));
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
