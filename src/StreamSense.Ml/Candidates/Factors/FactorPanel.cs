using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Dot products of a vector with 64 items, four blocks of 16 side by side.</summary>
/// <remarks>
/// The items lie dimension by dimension: 64 numbers of the first, then 64 of the second. Each item's sum runs over the dimensions in
/// order, every step a fused multiply-add with one rounding: so all widths give the same bits.
/// </remarks>
internal static class FactorPanel
{
    /// <summary>How many items a panel has.</summary>
    public const int Items = 64;

    /// <summary>The widest vectors, in bits, that this processor computes with; 0 for none.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Computes the dot products.</summary>
    /// <param name="panel">The items: <c>64 × dimensions</c> numbers.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="scores">Room for 64.</param>
    /// <param name="width">How wide the vectors are: 512, 256, 128 or 0 for none.</param>
    public static void Score(ReadOnlySpan<float> panel, ReadOnlySpan<float> vector, Span<float> scores, int width)
    {
        // What the loops below read without a check of bounds is checked here.
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.Length, vector.Length * Items, nameof(panel));
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Items, nameof(scores));
        switch (width)
        {
            case 512:
                Score512(ref MemoryMarshal.GetReference(panel), vector, ref MemoryMarshal.GetReference(scores));
                break;
            case 256:
                Score256(ref MemoryMarshal.GetReference(panel), vector, ref MemoryMarshal.GetReference(scores));
                break;
            case 128:
                Score128(ref MemoryMarshal.GetReference(panel), vector, ref MemoryMarshal.GetReference(scores));
                break;
            default:
                ScoreOneByOne(panel, vector, scores);
                break;
        }
    }

    private static void Score512(ref float panel, ReadOnlySpan<float> vector, ref float scores)
    {
        Vector512<float> a = default;
        Vector512<float> b = default;
        Vector512<float> c = default;
        Vector512<float> d = default;
        nuint at = 0;
        foreach (float value in vector)
        {
            var factor = Vector512.Create(value);
            a = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref panel, at), a);
            b = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref panel, at + 16), b);
            c = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref panel, at + 32), c);
            d = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref panel, at + 48), d);
            at += Items;
        }

        a.StoreUnsafe(ref scores);
        b.StoreUnsafe(ref scores, 16);
        c.StoreUnsafe(ref scores, 32);
        d.StoreUnsafe(ref scores, 48);
    }

    private static void Score256(ref float panel, ReadOnlySpan<float> vector, ref float scores)
    {
        for (nuint half = 0; half < Items; half += 32)
        {
            Vector256<float> a = default;
            Vector256<float> b = default;
            Vector256<float> c = default;
            Vector256<float> d = default;
            nuint at = half;
            foreach (float value in vector)
            {
                var factor = Vector256.Create(value);
                a = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref panel, at), a);
                b = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref panel, at + 8), b);
                c = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref panel, at + 16), c);
                d = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref panel, at + 24), d);
                at += Items;
            }

            a.StoreUnsafe(ref scores, half);
            b.StoreUnsafe(ref scores, half + 8);
            c.StoreUnsafe(ref scores, half + 16);
            d.StoreUnsafe(ref scores, half + 24);
        }
    }

    private static void Score128(ref float panel, ReadOnlySpan<float> vector, ref float scores)
    {
        for (nuint quarter = 0; quarter < Items; quarter += 16)
        {
            Vector128<float> a = default;
            Vector128<float> b = default;
            Vector128<float> c = default;
            Vector128<float> d = default;
            nuint at = quarter;
            foreach (float value in vector)
            {
                var factor = Vector128.Create(value);
                a = Vector128.FusedMultiplyAdd(factor, Vector128.LoadUnsafe(ref panel, at), a);
                b = Vector128.FusedMultiplyAdd(factor, Vector128.LoadUnsafe(ref panel, at + 4), b);
                c = Vector128.FusedMultiplyAdd(factor, Vector128.LoadUnsafe(ref panel, at + 8), c);
                d = Vector128.FusedMultiplyAdd(factor, Vector128.LoadUnsafe(ref panel, at + 12), d);
                at += Items;
            }

            a.StoreUnsafe(ref scores, quarter);
            b.StoreUnsafe(ref scores, quarter + 4);
            c.StoreUnsafe(ref scores, quarter + 8);
            d.StoreUnsafe(ref scores, quarter + 12);
        }
    }

    private static void ScoreOneByOne(ReadOnlySpan<float> panel, ReadOnlySpan<float> vector, Span<float> scores)
    {
        scores[..Items].Clear();
        for (int dimension = 0; dimension < vector.Length; dimension++)
        {
            ReadOnlySpan<float> values = panel.Slice(dimension * Items, Items);
            for (int item = 0; item < Items; item++)
            {
                scores[item] = float.FusedMultiplyAdd(vector[dimension], values[item], scores[item]);
            }
        }
    }
}
