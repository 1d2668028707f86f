using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Powers and logarithms in lanes of any width.</summary>
/// <remarks>
/// Exponents are split into a whole part, which goes into the bits of the number, and a rest of at most a half, whose power is a polynomial
/// (relative error below 2e-13, none at 0). Logarithms take the exponent from the bits and the digits by 2 artanh((m - 1) / (m + 1)),
/// whose quotient by its argument is a polynomial of the square (below 2e-13 of the result). The polynomials interpolate at Chebyshev
/// nodes, so that they need two thirds of a Taylor series' terms, and are summed in pairs (after Estrin), which do not wait for each
/// other.
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
        T rest = exponent - (shifted - T.All(Whole));
        T square = rest * rest;
        T quad = square * square;
        T lowest = Pair(rest, 1, 0.6931471805599453) + (square * Pair(rest, 0.2402265069581299, 0.055504108664760424));
        T middle = Pair(rest, 0.009618129159402558, 0.0013333558179043112)
            + (square * Pair(rest, 0.00015403455852453838, 1.525268684626772e-05));
        T series = lowest + (quad * (middle + (quad * Pair(rest, 1.3255224878668817e-06, 1.0203121063391729e-07))));
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
    private static T Pair<T>(T x, double constant, double factor)
        where T : struct, ILanes<T> => T.All(constant) + (x * T.All(factor));

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
        T quad = square * square;
        T higher = Pair(square, 0.19999999398668794, 0.14285877267957245)
            + (quad * Pair(square, 0.11095700415154251, 0.09681326857101004));
        T series = Pair(square, 1, 0.3333333333368754) + (quad * higher);
        T logarithm = (exponent * T.All(LogOfTwo)) + (T.All(2) * ratio * series);
        T isNormal = T.Less(T.All(2.2250738585072014e-308), value);
        T isFinite = T.Less(value, T.All(double.PositiveInfinity));
        return T.Choose(isNormal, T.Choose(isFinite, logarithm, T.All(double.NaN)), T.All(double.NaN));
    }
}
