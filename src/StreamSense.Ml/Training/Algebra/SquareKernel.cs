using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>Adds the sum of <c>v vᵀ</c> over some vectors of floats to a symmetric matrix of doubles.</summary>
/// <remarks>
/// Blocks of 16 × 16 of the upper triangle are summed in registers, in floats, and only then added in doubles: of at most some hundred
/// vectors the sum of floats is as exact as the floats it is made of. A sum runs over the vectors in order, one fused multiply-add after
/// the other, whatever the width: the bits are the same on any machine.
/// </remarks>
internal static unsafe class SquareKernel
{
    /// <summary>Vectors have a multiple of so many numbers.</summary>
    public const int Step = 16;

    private const int Half = 8;

    /// <summary>Adds; blocks beneath the diagonal are left as they are.</summary>
    /// <param name="matrix">What is added to, row after row.</param>
    /// <param name="size">How many rows and columns it has, and how many numbers a vector.</param>
    /// <param name="vectors">The vectors, one behind the other.</param>
    /// <param name="count">How many.</param>
    /// <param name="isWide">Whether vectors of 512 bits are used.</param>
    public static void Add(double* matrix, int size, float* vectors, int count, bool isWide)
    {
        for (int row = 0; row < size; row += Step)
        {
            for (int column = row; column < size; column += Step)
            {
                double* target = matrix + ((long)row * size) + column;
                if (isWide)
                {
                    Block16By16(target, size, vectors + row, vectors + column, count);
                    continue;
                }

                for (int part = 0; part < Step; part += 4)
                {
                    Block4By16(target + ((long)part * size), size, vectors + row + part, vectors + column, count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block16By16(double* target, int size, float* left, float* right, int count)
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        Vector512<float> c8 = default, c9 = default, ca = default, cb = default, cc = default, cd = default, ce = default, cf = default;
        for (int k = 0; k < count; k++)
        {
            Vector512<float> b = Vector512.Load(right);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(left[0]), b, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(left[1]), b, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(left[2]), b, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(left[3]), b, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(left[4]), b, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(left[5]), b, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(left[6]), b, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(left[7]), b, c7);
            c8 = Vector512.FusedMultiplyAdd(Vector512.Create(left[8]), b, c8);
            c9 = Vector512.FusedMultiplyAdd(Vector512.Create(left[9]), b, c9);
            ca = Vector512.FusedMultiplyAdd(Vector512.Create(left[10]), b, ca);
            cb = Vector512.FusedMultiplyAdd(Vector512.Create(left[11]), b, cb);
            cc = Vector512.FusedMultiplyAdd(Vector512.Create(left[12]), b, cc);
            cd = Vector512.FusedMultiplyAdd(Vector512.Create(left[13]), b, cd);
            ce = Vector512.FusedMultiplyAdd(Vector512.Create(left[14]), b, ce);
            cf = Vector512.FusedMultiplyAdd(Vector512.Create(left[15]), b, cf);
            left += size;
            right += size;
        }

        AddTo(target, c0);
        AddTo(target + size, c1);
        AddTo(target + (2L * size), c2);
        AddTo(target + (3L * size), c3);
        AddTo(target + (4L * size), c4);
        AddTo(target + (5L * size), c5);
        AddTo(target + (6L * size), c6);
        AddTo(target + (7L * size), c7);
        AddTo(target + (8L * size), c8);
        AddTo(target + (9L * size), c9);
        AddTo(target + (10L * size), ca);
        AddTo(target + (11L * size), cb);
        AddTo(target + (12L * size), cc);
        AddTo(target + (13L * size), cd);
        AddTo(target + (14L * size), ce);
        AddTo(target + (15L * size), cf);
    }

    private static void AddTo(double* target, Vector512<float> sums)
    {
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(sums);
        Vector512.Store(Vector512.Load(target) + low, target);
        Vector512.Store(Vector512.Load(target + Half) + high, target + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4By16(double* target, int size, float* left, float* right, int count)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (int k = 0; k < count; k++)
        {
            Vector256<float> b0 = Vector256.Load(right);
            Vector256<float> b1 = Vector256.Load(right + Half);
            Vector256<float> a = Vector256.Create(left[0]);
            c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
            a = Vector256.Create(left[1]);
            c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
            a = Vector256.Create(left[2]);
            c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
            a = Vector256.Create(left[3]);
            c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
            left += size;
            right += size;
        }

        AddTo(target, c00, c01);
        AddTo(target + size, c10, c11);
        AddTo(target + (2L * size), c20, c21);
        AddTo(target + (3L * size), c30, c31);
    }

    private static void AddTo(double* target, Vector256<float> low, Vector256<float> high)
    {
        AddTo(target, low);
        AddTo(target + Half, high);
    }

    private static void AddTo(double* target, Vector256<float> sums)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(sums);
        Vector256.Store(Vector256.Load(target) + low, target);
        Vector256.Store(Vector256.Load(target + 4) + high, target + 4);
    }
}
