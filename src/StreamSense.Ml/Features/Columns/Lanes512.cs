using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Eight numbers in a register of 512 bits.</summary>
internal readonly struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    private const int FractionBits = 52;

    private readonly Vector512<double> _value = value;

    /// <inheritdoc/>
    public static int Width => Vector512<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref double from, int index) => new(Vector512.LoadUnsafe(ref from, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Convert(ref long from, int index) =>
        new(Vector512.ConvertToDouble(Vector512.LoadUnsafe(ref from, (nuint)index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ConvertPart(ref long from, int index, int shift, long mask) =>
        new(Vector512.ConvertToDouble(
            Vector512.ShiftRightLogical(Vector512.LoadUnsafe(ref from, (nuint)index), shift) & Vector512.Create(mask)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref double to, int index) => value._value.StoreUnsafe(ref to, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle(Lanes512 value, float missing, ref float to, int index)
    {
        Vector256<float> single = Halve(value._value);
        Vector256<float> rest = single - single;
        Vector256.ConditionalSelect(Vector256.Equals(rest, rest), single, Vector256.Create(missing)).StoreUnsafe(ref to, (nuint)index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadSingle(ref float from, int index)
    {
        Vector256<float> single = Vector256.LoadUnsafe(ref from, (nuint)index);
        return new(Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Double(single)
            : Vector512.Create(Vector256.WidenLower(single), Vector256.WidenUpper(single)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Less(Lanes512 left, Lanes512 right) => new(Vector512.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Same(Lanes512 left, Lanes512 right) => new(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(Lanes512 mask, Lanes512 ifSet, Lanes512 ifNot) =>
        new(Vector512.ConditionalSelect(mask._value, ifSet._value, ifNot._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Root(Lanes512 value) => new(Vector512.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 PowerOfWhole(Lanes512 shifted) =>
        new(((Vector512.ShiftLeft(shifted._value.AsInt64(), FractionBits)) + Vector512.Create(LaneMath.OneBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftedExponent(Lanes512 value) =>
        new((Vector512.ShiftRightLogical(value._value.AsInt64(), FractionBits) + Vector512.Create(LaneMath.WholeBits)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Digits(Lanes512 value) =>
        new(((value._value.AsInt64() & Vector512.Create(LaneMath.DigitBits)) | Vector512.Create(LaneMath.OneBits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halve(Vector512<double> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(value) : Vector512.Narrow(value, value).GetLower();
}
