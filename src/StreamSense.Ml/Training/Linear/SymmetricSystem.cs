namespace StreamSense.Ml.Training.Linear;

/// <summary>Solves the small symmetric systems of Newton's method.</summary>
internal static class SymmetricSystem
{
    /// <summary>Solves A x = b by Cholesky's method; both are overwritten, b with x.</summary>
    /// <remarks>A pivot that is not positive, of a column that others tell all of, is taken as infinite: its x is 0.</remarks>
    /// <param name="matrix">A, positive definite, row after row; the lower triangle is read.</param>
    /// <param name="right">b.</param>
    public static void Solve(Span<double> matrix, Span<double> right)
    {
        int size = right.Length;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.Slice(i * size, size);
            double sum = right[i];
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = matrix.Slice(j * size, size);
                double cell = row[j];
                for (int k = 0; k < j; k++)
                {
                    cell -= row[k] * other[k];
                }

                row[j] = j < i ? cell / other[j] : cell > 0 ? Math.Sqrt(cell) : double.PositiveInfinity;
                sum -= j < i ? row[j] * right[j] : 0;
            }

            right[i] = sum / row[i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            double sum = right[i];
            for (int j = i + 1; j < size; j++)
            {
                sum -= matrix[(j * size) + i] * right[j];
            }

            right[i] = sum / matrix[(i * size) + i];
        }
    }
}
