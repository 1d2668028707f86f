using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.Columns;

/// <summary>One number: for processors without wider registers, and as what the others are compared with.</summary>
internal readonly struct Lanes64(double value) : ILanes<Lanes64>
{
    private const int FractionBits = 52;

    private readonly double _value = value;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static Lanes64 operator +(Lanes64 left, Lanes64 right) => new(left._value + right._value);

    /// <inheritdoc/>
    public static Lanes64 operator -(Lanes64 left, Lanes64 right) => new(left._value - right._value);

    /// <inheritdoc/>
    public static Lanes64 operator *(Lanes64 left, Lanes64 right) => new(left._value * right._value);

    /// <inheritdoc/>
    public static Lanes64 operator /(Lanes64 left, Lanes64 right) => new(left._value / right._value);

    /// <inheritdoc/>
    public static Lanes64 All(double value) => new(value);

    /// <inheritdoc/>
    public static Lanes64 Load(ref double from, int index) => new(Unsafe.Add(ref from, index));

    /// <inheritdoc/>
    public static Lanes64 Convert(ref long from, int index) => new(Unsafe.Add(ref from, index));

    /// <inheritdoc/>
    public static Lanes64 ConvertPart(ref long from, int index, int shift, long mask) =>
        new((Unsafe.Add(ref from, index) >>> shift) & mask);

    /// <inheritdoc/>
    public static void Store(Lanes64 value, ref double to, int index) => Unsafe.Add(ref to, index) = value._value;

    /// <inheritdoc/>
    public static void StoreSingle(Lanes64 value, float missing, ref float to, int index)
    {
        float single = (float)value._value;
        Unsafe.Add(ref to, index) = float.IsFinite(single) ? single : missing;
    }

    /// <inheritdoc/>
    public static Lanes64 LoadSingle(ref float from, int index) => new(Unsafe.Add(ref from, index));

    /// <inheritdoc/>
    public static Lanes64 Less(Lanes64 left, Lanes64 right) => Mask(left._value < right._value);

    /// <inheritdoc/>
    public static Lanes64 Same(Lanes64 left, Lanes64 right) => Mask(left._value.CompareTo(right._value) == 0 && !double.IsNaN(left._value));

    /// <inheritdoc/>
    public static Lanes64 Choose(Lanes64 mask, Lanes64 ifSet, Lanes64 ifNot) =>
        BitConverter.DoubleToInt64Bits(mask._value) != 0 ? ifSet : ifNot;

    /// <inheritdoc/>
    public static Lanes64 Root(Lanes64 value) => new(Math.Sqrt(value._value));

    /// <inheritdoc/>
    public static Lanes64 PowerOfWhole(Lanes64 shifted) =>
        FromBits((BitConverter.DoubleToInt64Bits(shifted._value) << FractionBits) + LaneMath.OneBits);

    /// <inheritdoc/>
    public static Lanes64 ShiftedExponent(Lanes64 value) =>
        FromBits((BitConverter.DoubleToInt64Bits(value._value) >>> FractionBits) + LaneMath.WholeBits);

    /// <inheritdoc/>
    public static Lanes64 Digits(Lanes64 value) =>
        FromBits((BitConverter.DoubleToInt64Bits(value._value) & LaneMath.DigitBits) | LaneMath.OneBits);

    private static Lanes64 Mask(bool holds) => FromBits(holds ? -1 : 0);

    private static Lanes64 FromBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));
}
