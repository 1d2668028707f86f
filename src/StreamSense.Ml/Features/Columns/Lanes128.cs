using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Two numbers in a register of 128 bits.</summary>
internal readonly struct Lanes128(Vector128<double> value) : ILanes<Lanes128>
{
    private const int FractionBits = 52;

    private readonly Vector128<double> _value = value;

    /// <inheritdoc/>
    public static int Width => Vector128<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 All(double value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref double from, int index) => new(Vector128.LoadUnsafe(ref from, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Convert(ref long from, int index) =>
        new(Vector128.ConvertToDouble(Vector128.LoadUnsafe(ref from, (nuint)index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ConvertPart(ref long from, int index, int shift, long mask) =>
        new(Vector128.ConvertToDouble(
            Vector128.ShiftRightLogical(Vector128.LoadUnsafe(ref from, (nuint)index), shift) & Vector128.Create(mask)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle(Lanes128 value, float missing, ref float to, int index)
    {
        Vector64<float> single = Halve(value._value);
        Vector64<float> rest = single - single;
        Vector64.ConditionalSelect(Vector64.Equals(rest, rest), single, Vector64.Create(missing)).StoreUnsafe(ref to, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadSingle(ref float from, int index) =>
        new(Vector128.WidenLower(Vector64.LoadUnsafe(ref from, (nuint)index).ToVector128()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Less(Lanes128 left, Lanes128 right) => new(Vector128.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Same(Lanes128 left, Lanes128 right) => new(Vector128.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Choose(Lanes128 mask, Lanes128 ifSet, Lanes128 ifNot) =>
        new(Vector128.ConditionalSelect(mask._value, ifSet._value, ifNot._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Root(Lanes128 value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PowerOfWhole(Lanes128 shifted) =>
        new(((Vector128.ShiftLeft(shifted._value.AsInt64(), FractionBits)) + Vector128.Create(LaneMath.OneBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftedExponent(Lanes128 value) =>
        new((Vector128.ShiftRightLogical(value._value.AsInt64(), FractionBits) + Vector128.Create(LaneMath.WholeBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Digits(Lanes128 value) =>
        new(((value._value.AsInt64() & Vector128.Create(LaneMath.DigitBits)) | Vector128.Create(LaneMath.OneBits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector64<float> Halve(Vector128<double> value) =>
        Vector128.Narrow(value, value).GetLower();
}
