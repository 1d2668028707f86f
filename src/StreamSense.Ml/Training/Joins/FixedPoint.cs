namespace StreamSense.Ml.Training.Joins;

/// <summary>Sums of fractions as whole numbers, so that they come out the same in whatever order they are added.</summary>
/// <remarks>Steps of 2^-32; what is beyond ± 2^60 counts as that.</remarks>
internal static class FixedPoint
{
    private const double Steps = 4_294_967_296.0;
    private const double Greatest = 1L << 60;

    /// <summary>A number in steps.</summary>
    public static Int128 From(double value) => (Int128)(Math.Clamp(value, -Greatest, Greatest) * Steps);

    /// <summary>Steps as a number.</summary>
    public static double ToDouble(Int128 steps) => (double)steps / Steps;
}
