using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Four numbers in a register of 256 bits.</summary>
internal readonly struct Lanes256(Vector256<double> value) : ILanes<Lanes256>
{
    private const int FractionBits = 52;

    private readonly Vector256<double> _value = value;

    /// <inheritdoc/>
    public static int Width => Vector256<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 All(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref double from, int index) => new(Vector256.LoadUnsafe(ref from, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Convert(ref long from, int index) =>
        new(Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref from, (nuint)index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ConvertPart(ref long from, int index, int shift, long mask) =>
        new(Vector256.ConvertToDouble(
            Vector256.ShiftRightLogical(Vector256.LoadUnsafe(ref from, (nuint)index), shift) & Vector256.Create(mask)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle(Lanes256 value, float missing, ref float to, int index)
    {
        Vector128<float> single = Halve(value._value);
        Vector128<float> rest = single - single;
        Vector128.ConditionalSelect(Vector128.Equals(rest, rest), single, Vector128.Create(missing)).StoreUnsafe(ref to, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadSingle(ref float from, int index)
    {
        Vector128<float> single = Vector128.LoadUnsafe(ref from, (nuint)index);
        return new(Vector256.Create(Vector128.WidenLower(single), Vector128.WidenUpper(single)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Less(Lanes256 left, Lanes256 right) => new(Vector256.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Same(Lanes256 left, Lanes256 right) => new(Vector256.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(Lanes256 mask, Lanes256 ifSet, Lanes256 ifNot) =>
        new(Vector256.ConditionalSelect(mask._value, ifSet._value, ifNot._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Root(Lanes256 value) => new(Vector256.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PowerOfWhole(Lanes256 shifted) =>
        new(((Vector256.ShiftLeft(shifted._value.AsInt64(), FractionBits)) + Vector256.Create(LaneMath.OneBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftedExponent(Lanes256 value) =>
        new((Vector256.ShiftRightLogical(value._value.AsInt64(), FractionBits) + Vector256.Create(LaneMath.WholeBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Digits(Lanes256 value) =>
        new(((value._value.AsInt64() & Vector256.Create(LaneMath.DigitBits)) | Vector256.Create(LaneMath.OneBits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halve(Vector256<double> value) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(value) : Vector256.Narrow(value, value).GetLower();
}
