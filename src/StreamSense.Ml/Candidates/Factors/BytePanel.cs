using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Dot products of a vector of 16-bit numbers with 64 items of 8-bit numbers.</summary>
/// <remarks>
/// The items lie by pairs of dimensions: of each pair the two numbers of the first item, of the second, to the 64th. A pair is widened,
/// multiplied and added in one step. Whole numbers, so that all widths give the same sums.
/// </remarks>
internal static class BytePanel
{
    private const int PairLength = 2 * FactorPanel.Items;

    /// <summary>The widest vectors, in bits, that this processor computes with; 0 for none.</summary>
    public static int Width => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? 512
        : Avx2.IsSupported ? 256
        : Sse41.IsSupported ? 128
        : 0;

    /// <summary>Computes the dot products.</summary>
    /// <param name="panel">The items: 128 numbers a pair.</param>
    /// <param name="pairs">The vector: two 16-bit numbers a pair, the first in the low half.</param>
    /// <param name="sums">Room for 64.</param>
    /// <param name="width">How wide the vectors are: 512, 256, 128 or 0 for none.</param>
    public static void Sum(ReadOnlySpan<sbyte> panel, ReadOnlySpan<int> pairs, Span<int> sums, int width)
    {
        // What the loops below read without a check of bounds is checked here.
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.Length, pairs.Length * PairLength, nameof(panel));
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, FactorPanel.Items, nameof(sums));
        switch (width)
        {
            case 512:
                Sum512(ref MemoryMarshal.GetReference(panel), pairs, ref MemoryMarshal.GetReference(sums));
                break;
            case 256:
                Sum256(ref MemoryMarshal.GetReference(panel), pairs, ref MemoryMarshal.GetReference(sums));
                break;
            case 128:
                Sum128(ref MemoryMarshal.GetReference(panel), pairs, ref MemoryMarshal.GetReference(sums));
                break;
            default:
                SumOneByOne(panel, pairs, sums);
                break;
        }
    }

    private static void Sum512(ref sbyte panel, ReadOnlySpan<int> pairs, ref int sums)
    {
        Vector512<int> a = default;
        Vector512<int> b = default;
        Vector512<int> c = default;
        Vector512<int> d = default;
        nuint at = 0;
        foreach (int pair in pairs)
        {
            Vector512<short> factor = Vector512.Create(pair).AsInt16();
            a += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref panel, at)), factor);
            b += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref panel, at + 32)), factor);
            c += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref panel, at + 64)), factor);
            d += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref panel, at + 96)), factor);
            at += PairLength;
        }

        a.StoreUnsafe(ref sums);
        b.StoreUnsafe(ref sums, 16);
        c.StoreUnsafe(ref sums, 32);
        d.StoreUnsafe(ref sums, 48);
    }

    private static void Sum256(ref sbyte panel, ReadOnlySpan<int> pairs, ref int sums)
    {
        for (nuint half = 0; half < FactorPanel.Items; half += 32)
        {
            Vector256<int> a = default;
            Vector256<int> b = default;
            Vector256<int> c = default;
            Vector256<int> d = default;
            nuint at = 2 * half;
            foreach (int pair in pairs)
            {
                Vector256<short> factor = Vector256.Create(pair).AsInt16();
                a += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref panel, at)), factor);
                b += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref panel, at + 16)), factor);
                c += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref panel, at + 32)), factor);
                d += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref panel, at + 48)), factor);
                at += PairLength;
            }

            a.StoreUnsafe(ref sums, half);
            b.StoreUnsafe(ref sums, half + 8);
            c.StoreUnsafe(ref sums, half + 16);
            d.StoreUnsafe(ref sums, half + 24);
        }
    }

    private static void Sum128(ref sbyte panel, ReadOnlySpan<int> pairs, ref int sums)
    {
        for (nuint eighth = 0; eighth < FactorPanel.Items; eighth += 8)
        {
            Vector128<int> a = default;
            Vector128<int> b = default;
            nuint at = 2 * eighth;
            foreach (int pair in pairs)
            {
                Vector128<short> factor = Vector128.Create(pair).AsInt16();
                Vector128<sbyte> items = Vector128.LoadUnsafe(ref panel, at);
                a += Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(items), factor);
                b += Sse2.MultiplyAddAdjacent(Vector128.WidenUpper(items), factor);
                at += PairLength;
            }

            a.StoreUnsafe(ref sums, eighth);
            b.StoreUnsafe(ref sums, eighth + 4);
        }
    }

    private static void SumOneByOne(ReadOnlySpan<sbyte> panel, ReadOnlySpan<int> pairs, Span<int> sums)
    {
        sums[..FactorPanel.Items].Clear();
        for (int i = 0; i < pairs.Length; i++)
        {
            int low = (short)pairs[i];
            int high = pairs[i] >> 16;
            ReadOnlySpan<sbyte> values = panel.Slice(i * PairLength, PairLength);
            for (int item = 0; item < FactorPanel.Items; item++)
            {
                sums[item] += (low * values[2 * item]) + (high * values[(2 * item) + 1]);
            }
        }
    }
}
