using System.Numerics;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A few numbers that are computed with at once.</summary>
/// <remarks>
/// Every width does the same additions, products, quotients and roots in the same order, each rounded as IEEE 754 says and none fused, so
/// that a number does not depend on the processor or on its place. A mask is a number of all ones or all zeros.
/// </remarks>
/// <typeparam name="T">The width.</typeparam>
internal interface ILanes<T> :
    IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IMultiplyOperators<T, T, T>, IDivisionOperators<T, T, T>
    where T : struct, ILanes<T>
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Width { get; }

    /// <summary>The same number in all places.</summary>
    static abstract T All(double value);

    /// <summary>Numbers of memory.</summary>
    static abstract T Load(ref double from, int index);

    /// <summary>Whole numbers of memory, as numbers.</summary>
    static abstract T Convert(ref long from, int index);

    /// <summary>Some bits of the whole numbers of memory, as numbers.</summary>
    static abstract T ConvertPart(ref long from, int index, int shift, long mask);

    /// <summary>Writes to memory.</summary>
    static abstract void Store(T value, ref double to, int index);

    /// <summary>Writes to memory with half the digits, and something else for what then is not finite.</summary>
    static abstract void StoreSingle(T value, float missing, ref float to, int index);

    /// <summary>Numbers of memory with half the digits.</summary>
    static abstract T LoadSingle(ref float from, int index);

    /// <summary>Where the left is less than the right; nowhere for NaN.</summary>
    static abstract T Less(T left, T right);

    /// <summary>Where both are equal; nowhere for NaN.</summary>
    static abstract T Same(T left, T right);

    /// <summary>One number where the mask is set, the other elsewhere.</summary>
    static abstract T Choose(T mask, T ifSet, T ifNot);

    /// <summary>The square root.</summary>
    static abstract T Root(T value);

    /// <summary>2 to the power of a whole number that was added to <see cref="LaneMath.Whole"/>.</summary>
    static abstract T PowerOfWhole(T shifted);

    /// <summary>The exponent of a positive number, added to <see cref="LaneMath.Whole"/>, and biased by 1023.</summary>
    static abstract T ShiftedExponent(T value);

    /// <summary>The digits of a positive number, from 1 to below 2.</summary>
    static abstract T Digits(T value);
}
