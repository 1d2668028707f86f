using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Sketches;

/// <summary>How a <see cref="QuantileSketch"/> cuts whole numbers into buckets: 64 between a power of two and the next.</summary>
/// <remarks>A value below 128 has a bucket of its own. From there on it is the value's highest bit and the six bits behind it.</remarks>
internal static class LogarithmicBuckets
{
    /// <summary>How many bits behind the highest one count.</summary>
    public const int MantissaBits = 6;

    /// <summary>How many buckets an octave has.</summary>
    public const int PerOctave = 1 << MantissaBits;

    /// <summary>How many buckets there are for values that are not negative; those that are would lie behind them.</summary>
    public const int Total = (63 - MantissaBits + 1) * PerOctave;

    private const int ShiftAtNoZeros = 63 - MantissaBits;

    /// <summary>The bucket of a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(long value)
    {
        int shift = ShiftAtNoZeros - BitOperations.LeadingZeroCount((ulong)value | PerOctave);
        return (shift << MantissaBits) + (int)((ulong)value >> shift);
    }

    /// <summary>The buckets of eight values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Of(Vector512<ulong> values)
    {
        Vector512<ulong> zeros = Avx512CD.LeadingZeroCount(values | Vector512.Create((ulong)PerOctave));
        Vector512<ulong> shifts = Vector512.Create((ulong)ShiftAtNoZeros) - zeros;
        return (shifts << MantissaBits) + Avx512F.ShiftRightLogicalVariable(values, shifts);
    }

    /// <summary>The least value of a bucket.</summary>
    public static long FirstOf(int bucket)
    {
        int shift = ShiftOf(bucket);
        return (long)(bucket - (shift * PerOctave)) << shift;
    }

    /// <summary>The greatest value of a bucket.</summary>
    public static long LastOf(int bucket) => FirstOf(bucket) + ((1L << ShiftOf(bucket)) - 1);

    /// <summary>The value that stands for a bucket: at most 1/128 from any of its values.</summary>
    public static long MiddleOf(int bucket) => FirstOf(bucket) + (((1L << ShiftOf(bucket)) - 1) / 2);

    private static int ShiftOf(int bucket) => Math.Max(0, (bucket / PerOctave) - 1);
}
