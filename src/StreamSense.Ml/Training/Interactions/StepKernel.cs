using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The arithmetic of gradient steps on vectors: products, and moves along each other.</summary>
/// <remarks>
/// Lengths are multiples of 16. With vectors of 512 bits or in halves of 256: sums run over the same lanes in the same order, and each
/// multiplication with an addition is rounded once, so that the bits do not depend on the width.
/// </remarks>
internal static unsafe class StepKernel
{
    private const int Wide = 16;
    private const int Half = 8;

    /// <summary>The product of two vectors.</summary>
    public static float Dot(float* x, float* y, int length, bool isWide)
    {
        if (isWide)
        {
            Vector512<float> sum = default;
            for (int i = 0; i < length; i += Wide)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), sum);
            }

            return Sum(sum.GetLower() + sum.GetUpper());
        }

        Vector256<float> low = default;
        Vector256<float> high = default;
        for (int i = 0; i < length; i += Wide)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), low);
            high = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + Half), Vector256.Load(y + i + Half), high);
        }

        return Sum(low + high);
    }

    /// <summary>The product of a vector with the difference of two: <c>x·(y - z)</c>.</summary>
    public static float Margin(float* x, float* y, float* z, int length, bool isWide)
    {
        if (isWide)
        {
            Vector512<float> sum = default;
            for (int i = 0; i < length; i += Wide)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i) - Vector512.Load(z + i), sum);
            }

            return Sum(sum.GetLower() + sum.GetUpper());
        }

        Vector256<float> low = default;
        Vector256<float> high = default;
        for (int i = 0; i < length; i += Wide)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i) - Vector256.Load(z + i), low);
            high = Vector256.FusedMultiplyAdd(
                Vector256.Load(x + i + Half), Vector256.Load(y + i + Half) - Vector256.Load(z + i + Half), high);
        }

        return Sum(low + high);
    }

    /// <summary>Moves two vectors along each other: <c>p = keep p + step q</c> and <c>q = keep q + step p</c>.</summary>
    public static void Pull(float* p, float* q, int length, float step, float keep, bool isWide)
    {
        if (isWide)
        {
            Vector512<float> steps = Vector512.Create(step);
            Vector512<float> keeps = Vector512.Create(keep);
            for (int i = 0; i < length; i += Wide)
            {
                Vector512<float> left = Vector512.Load(p + i);
                Vector512<float> right = Vector512.Load(q + i);
                Vector512.Store(Vector512.FusedMultiplyAdd(right, steps, left * keeps), p + i);
                Vector512.Store(Vector512.FusedMultiplyAdd(left, steps, right * keeps), q + i);
            }

            return;
        }

        Vector256<float> halfSteps = Vector256.Create(step);
        Vector256<float> halfKeeps = Vector256.Create(keep);
        for (int i = 0; i < length; i += Half)
        {
            Vector256<float> left = Vector256.Load(p + i);
            Vector256<float> right = Vector256.Load(q + i);
            Vector256.Store(Vector256.FusedMultiplyAdd(right, halfSteps, left * halfKeeps), p + i);
            Vector256.Store(Vector256.FusedMultiplyAdd(left, halfSteps, right * halfKeeps), q + i);
        }
    }

    /// <summary>Moves x along <c>y - z</c>, y along x, and z against it; all are shortened to a share first.</summary>
    public static void Part(float* x, float* y, float* z, int length, float step, float keep, bool isWide)
    {
        if (isWide)
        {
            Vector512<float> steps = Vector512.Create(step);
            Vector512<float> keeps = Vector512.Create(keep);
            for (int i = 0; i < length; i += Wide)
            {
                Vector512<float> user = Vector512.Load(x + i);
                Vector512<float> liked = Vector512.Load(y + i);
                Vector512<float> other = Vector512.Load(z + i);
                Vector512.Store(Vector512.FusedMultiplyAdd(liked - other, steps, user * keeps), x + i);
                Vector512.Store(Vector512.FusedMultiplyAdd(user, steps, liked * keeps), y + i);
                Vector512.Store(Vector512.FusedMultiplyAdd(-user, steps, other * keeps), z + i);
            }

            return;
        }

        Vector256<float> halfSteps = Vector256.Create(step);
        Vector256<float> halfKeeps = Vector256.Create(keep);
        for (int i = 0; i < length; i += Half)
        {
            Vector256<float> user = Vector256.Load(x + i);
            Vector256<float> liked = Vector256.Load(y + i);
            Vector256<float> other = Vector256.Load(z + i);
            Vector256.Store(Vector256.FusedMultiplyAdd(liked - other, halfSteps, user * halfKeeps), x + i);
            Vector256.Store(Vector256.FusedMultiplyAdd(user, halfSteps, liked * halfKeeps), y + i);
            Vector256.Store(Vector256.FusedMultiplyAdd(-user, halfSteps, other * halfKeeps), z + i);
        }
    }

    private static float Sum(Vector256<float> lanes)
    {
        Vector128<float> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> quarter = half + Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1));
        return quarter.GetElement(0) + quarter.GetElement(1);
    }
}
