using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Training.Algebra;

/// <summary>Factors and solves with symmetric positive definite matrices of some hundred rows: <c>A = Uᵀ U</c>, row after row.</summary>
/// <remarks>Rows are added to rows, which vectors do well; sizes are multiples of 16. Golub and Van Loan, Matrix Computations,
/// 4.2.</remarks>
internal static unsafe class SmallCholesky
{
    private const int Block = TileKernel.Step;

    /// <summary>Puts U in the place of the upper triangle of A; what lies beneath the diagonal is left undefined.</summary>
    /// <returns>Whether A is positive definite, as far as doubles can tell.</returns>
    public static bool Factor(double* a, int size, int distance)
    {
        double* panel = stackalloc double[TileKernel.ScratchLength(Block)];
        for (int from = 0; from < size; from += Block)
        {
            double* rows = a + ((long)from * distance);
            if (!FactorRows(rows, from, size, distance))
            {
                return false;
            }

            int rest = size - from - Block;
            if (rest > 0)
            {
                double* right = rows + from + Block;
                TileKernel.MultiplyAdd(
                    right + ((long)Block * distance),
                    new TileSize(rest, rest, distance, UpperOnly: true),
                    new Strided(right, 1, distance),
                    new Strided(right, distance, 1),
                    Block,
                    -1,
                    panel,
                    Vector512.IsHardwareAccelerated);
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
            int next = (k + 8) & ~7;
            b[k] = value;
            for (int j = k + 1; j < next; j++)
            {
                b[j] = Math.FusedMultiplyAdd(-value, row[j], b[j]);
            }

            AddScaled(b + next, row + next, -value, size - next);
        }

        for (int k = size - 1; k >= 0; k--)
        {
            double* row = u + ((long)k * distance);
            int next = Math.Min(size, (k + 8) & ~7);
            double sum = b[k] - Dot(row + next, b + next, size - next);
            for (int j = k + 1; j < next; j++)
            {
                sum = Math.FusedMultiplyAdd(-row[j], b[j], sum);
            }

            b[k] = sum / row[k];
        }
    }

    /// <summary>The sum of products of two rows; the count is a multiple of 8.</summary>
    public static double Dot(double* left, double* right, int count)
    {
        Vector512<double> sum = default;
        for (int i = 0; i < count; i += 8)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + i), Vector512.Load(right + i), sum);
        }

        Vector256<double> half = sum.GetLower() + sum.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        return quarter.GetElement(0) + quarter.GetElement(1);
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

    // The rows of one block, each over its whole width; what is to the right and below is left to a product.
    private static bool FactorRows(double* rows, int from, int size, int distance)
    {
        for (int k = 0; k < Block; k++)
        {
            double* row = rows + ((long)k * distance);
            double pivot = row[from + k];
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            double root = Math.Sqrt(pivot);
            double inverse = 1 / root;
            for (int j = from + k; j < size; j++)
            {
                row[j] *= inverse;
            }

            row[from + k] = root;
            for (int i = k + 1; i < Block; i++)
            {
                // From the last multiple of 8 on: beneath the diagonal nobody looks.
                int column = (from + i) & ~7;
                AddScaled(rows + ((long)i * distance) + column, row + column, -row[from + i], size - column);
            }
        }

        return true;
    }

    /// <summary>Adds a multiple of one row to another; the count is a multiple of 8.</summary>
    public static void AddScaled(double* target, double* source, double factor, int count)
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
