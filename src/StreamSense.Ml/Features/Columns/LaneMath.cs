using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Powers and logarithms in lanes of any width.</summary>
/// <remarks>
/// Exponents are split into a whole part, which goes into the bits of the number, and a rest of at most a half, whose power is a Taylor
/// series of 12 terms (relative error below 2e-13). Logarithms take the exponent from the bits and the digits by the series of
/// 2 artanh((m - 1) / (m + 1)) with 9 terms (below 2e-14 of the result plus as much).
/// </remarks>
internal static class LaneMath
{
    /// <summary>The bits of 1.</summary>
    public const long OneBits = 0x3ff0_0000_0000_0000;

    /// <summary>The bits of the digits of a number.</summary>
    public const long DigitBits = 0x000f_ffff_ffff_ffff;

    /// <summary>The bits of <see cref="Whole"/>.</summary>
    public const long WholeBits = 0x4338_0000_0000_0000;

    /// <summary>1.5 × 2^52: a small number added to it is rounded to a whole one, which stands in its lowest bits.</summary>
    public const double Whole = 6755399441055744;

    private const double LogOfTwo = 0.693147180559945309417232;
    private const double SmallestExponent = -1022;
    private const double LargestExponent = 1023;

    /// <summary>2 to the power of a number; 0 below -1022, missing above 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PowerOfTwo<T>(T exponent)
        where T : struct, ILanes<T>
    {
        T shifted = exponent + T.All(Whole);
        T rest = (exponent - (shifted - T.All(Whole))) * T.All(LogOfTwo);
        T series = T.All(1.0 / 3_628_800) + (rest * T.All(1.0 / 39_916_800));
        series = T.All(1.0 / 362_880) + (rest * series);
        series = T.All(1.0 / 40_320) + (rest * series);
        series = T.All(1.0 / 5_040) + (rest * series);
        series = T.All(1.0 / 720) + (rest * series);
        series = T.All(1.0 / 120) + (rest * series);
        series = T.All(1.0 / 24) + (rest * series);
        series = T.All(1.0 / 6) + (rest * series);
        series = T.All(0.5) + (rest * series);
        series = T.All(1) + (rest * series);
        series = T.All(1) + (rest * series);
        T power = series * T.PowerOfWhole(shifted);
        power = T.Choose(T.Less(exponent, T.All(SmallestExponent)), T.All(0), power);

        // A NaN keeps its place: it is neither below the limit nor equal to itself.
        T inRange = T.Less(exponent, T.All(LargestExponent));
        return T.Choose(inRange, power, T.All(double.NaN));
    }

    /// <summary>2 to the power of a whole number up to 1023, times something; 0 below -1022.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TimesPowerOfTwo<T>(T value, T whole)
        where T : struct, ILanes<T>
    {
        T power = T.PowerOfWhole(whole + T.All(Whole));
        return value * T.Choose(T.Less(whole, T.All(SmallestExponent)), T.All(0), power);
    }

    /// <summary>e to the power of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exponential<T>(T value)
        where T : struct, ILanes<T> => PowerOfTwo(value * T.All(1.0 / LogOfTwo));

    /// <summary>The natural logarithm; missing for what is not above 0 or too small to be normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Logarithm<T>(T value)
        where T : struct, ILanes<T> => Logarithm(value, T.All(0));

    /// <summary>The natural logarithm of 1 + a number, exact near 0 as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogarithmOfOneMore<T>(T value)
        where T : struct, ILanes<T>
    {
        // What 1 + x loses to rounding matters only near 1, where nothing is taken into the exponent.
        T sum = T.All(1) + value;
        return Logarithm(sum, value - (sum - T.All(1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Logarithm<T>(T value, T lost)
        where T : struct, ILanes<T>
    {
        T exponent = T.ShiftedExponent(value) - T.All(Whole + LargestExponent);
        T digits = T.Digits(value);
        T isLarge = T.Less(T.All(1.4142135623730951), digits);
        digits = T.Choose(isLarge, digits * T.All(0.5), digits);
        exponent = T.Choose(isLarge, exponent + T.All(1), exponent);
        T excess = (digits - T.All(1)) + T.Choose(T.Same(exponent, T.All(0)), lost, T.All(0));
        T ratio = excess / (digits + T.All(1));
        T square = ratio * ratio;
        T series = T.All(1.0 / 15) + (square * T.All(1.0 / 17));
        series = T.All(1.0 / 13) + (square * series);
        series = T.All(1.0 / 11) + (square * series);
        series = T.All(1.0 / 9) + (square * series);
        series = T.All(1.0 / 7) + (square * series);
        series = T.All(1.0 / 5) + (square * series);
        series = T.All(1.0 / 3) + (square * series);
        series = T.All(1) + (square * series);
        T logarithm = (exponent * T.All(LogOfTwo)) + (T.All(2) * ratio * series);
        T isNormal = T.Less(T.All(2.2250738585072014e-308), value);
        T isFinite = T.Less(value, T.All(double.PositiveInfinity));
        return T.Choose(isNormal, T.Choose(isFinite, logarithm, T.All(double.NaN)), T.All(double.NaN));
    }
}
