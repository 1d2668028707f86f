using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Products of two vectors of factors, to the same bits on any machine.</summary>
/// <remarks>
/// A sum of floats depends on its order, and one over the widest vectors of a machine has another order on the next machine, or in native
/// code, which may use less of it. Here numbers go into as many lanes as two vectors of 256 bits have, whatever the width, and the lanes
/// are added in one order. Products are rounded before they are added: machines without a fused step would have to imitate it.
/// </remarks>
internal static class FactorProduct
{
    /// <summary>The sum of the products of two vectors of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, INumber<T> => Dot(left, right, Vector256.IsHardwareAccelerated);

    /// <summary>The length of a vector.</summary>
    public static float Norm(ReadOnlySpan<float> vector) => MathF.Sqrt(Dot(vector, vector));

    /// <summary>The sum of the products, with or without vectors of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, bool isWide)
        where T : unmanaged, INumber<T>
    {
        // What the loops below read without a check of bounds is checked here.
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length, nameof(right));
        ref T x = ref MemoryMarshal.GetReference(left);
        ref T y = ref MemoryMarshal.GetReference(right);
        int length = left.Length;
        int whole = length - (length % (2 * Vector256<T>.Count));
        Vector128<T> sum = isWide ? SumWide(ref x, ref y, whole) : SumNarrow(ref x, ref y, whole);
        int i = whole;
        for (; i <= length - Vector128<T>.Count; i += Vector128<T>.Count)
        {
            sum += Vector128.LoadUnsafe(ref x, (nuint)i) * Vector128.LoadUnsafe(ref y, (nuint)i);
        }

        T total = sum.GetElement(0) + sum.GetElement(1);
        for (int lane = 2; lane < Vector128<T>.Count; lane++)
        {
            total += sum.GetElement(lane);
        }

        for (; i < length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }

    private static Vector128<T> SumWide<T>(ref T x, ref T y, int length)
        where T : unmanaged
    {
        int half = Vector256<T>.Count;
        Vector256<T> low = default;
        Vector256<T> high = default;
        for (int i = 0; i < length; i += 2 * half)
        {
            low += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
            high += Vector256.LoadUnsafe(ref x, (nuint)(i + half)) * Vector256.LoadUnsafe(ref y, (nuint)(i + half));
        }

        low += high;
        return low.GetLower() + low.GetUpper();
    }

    private static Vector128<T> SumNarrow<T>(ref T x, ref T y, int length)
        where T : unmanaged
    {
        int quarter = Vector128<T>.Count;
        Vector128<T> a = default;
        Vector128<T> b = default;
        Vector128<T> c = default;
        Vector128<T> d = default;
        for (int i = 0; i < length; i += 4 * quarter)
        {
            a += Vector128.LoadUnsafe(ref x, (nuint)i) * Vector128.LoadUnsafe(ref y, (nuint)i);
            b += Vector128.LoadUnsafe(ref x, (nuint)(i + quarter)) * Vector128.LoadUnsafe(ref y, (nuint)(i + quarter));
            c += Vector128.LoadUnsafe(ref x, (nuint)(i + (2 * quarter))) * Vector128.LoadUnsafe(ref y, (nuint)(i + (2 * quarter)));
            d += Vector128.LoadUnsafe(ref x, (nuint)(i + (3 * quarter))) * Vector128.LoadUnsafe(ref y, (nuint)(i + (3 * quarter)));
        }

        return (a + c) + (b + d);
    }
}
