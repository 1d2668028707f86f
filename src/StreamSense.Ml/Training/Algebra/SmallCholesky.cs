using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>Factors and solves with symmetric positive definite matrices of some hundred rows: <c>A = Uᵀ U</c>, row after row.</summary>
/// <remarks>Rows are added to rows, which vectors do well; sizes are multiples of 16. Golub and Van Loan, Matrix Computations, 4.2.</remarks>
internal static unsafe class SmallCholesky
{
    /// <summary>Puts U in the place of the upper triangle of A; what lies beneath the diagonal is left undefined.</summary>
    /// <returns>Whether A is positive definite, as far as doubles can tell.</returns>
    public static bool Factor(double* a, int size, int distance)
    {
        for (int k = 0; k < size; k++)
        {
            double* row = a + ((long)k * distance);
            double pivot = row[k];
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            double root = Math.Sqrt(pivot);
            double inverse = 1 / root;
            row[k] = root;
            for (int j = k + 1; j < size; j++)
            {
                row[j] *= inverse;
            }

            for (int i = k + 1; i < size; i++)
            {
                // From the last multiple of 8 on: beneath the diagonal nobody looks.
                int from = i & ~7;
                AddScaled(a + ((long)i * distance) + from, row + from, -row[i], size - from);
            }
        }

        return true;
    }

    /// <summary>Solves <c>A x = b</c>, where A has been factored; x takes the place of b.</summary>
    public static void Solve(double* u, int size, int distance, double* b)
    {
        for (int k = 0; k < size; k++)
        {
            double* row = u + ((long)k * distance);
            double value = b[k] / row[k];
            b[k] = value;
            for (int j = k + 1; j < size; j++)
            {
                b[j] = Math.FusedMultiplyAdd(-value, row[j], b[j]);
            }
        }

        for (int k = size - 1; k >= 0; k--)
        {
            double* row = u + ((long)k * distance);
            double sum = b[k];
            for (int j = k + 1; j < size; j++)
            {
                sum = Math.FusedMultiplyAdd(-row[j], b[j], sum);
            }

            b[k] = sum / row[k];
        }
    }

    /// <summary>Writes the inverse of an upper triangle, with zeros beneath the diagonal.</summary>
    public static void InvertUpper(double* u, int size, int distance, double* inverse)
    {
        new Span<double>(inverse, size * distance).Clear();
        for (int i = size - 1; i >= 0; i--)
        {
            double* row = u + ((long)i * distance);
            double* target = inverse + ((long)i * distance);
            for (int k = i + 1; k < size; k++)
            {
                int from = k & ~7;
                AddScaled(target + from, inverse + ((long)k * distance) + from, -row[k], size - from);
            }

            double scale = 1 / row[i];
            target[i] = scale;
            for (int j = i + 1; j < size; j++)
            {
                target[j] *= scale;
            }
        }
    }

    private static void AddScaled(double* target, double* source, double factor, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<double> wide = Vector512.Create(factor);
            for (int i = 0; i < count; i += 8)
            {
                Vector512.Store(Vector512.FusedMultiplyAdd(wide, Vector512.Load(source + i), Vector512.Load(target + i)), target + i);
            }

            return;
        }

        Vector256<double> all = Vector256.Create(factor);
        for (int i = 0; i < count; i += 4)
        {
            Vector256.Store(Vector256.FusedMultiplyAdd(all, Vector256.Load(source + i), Vector256.Load(target + i)), target + i);
        }
    }
}
