using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Tests.Training.Algebra;

public sealed unsafe class SmallCholeskyTests
{
    [Fact]
    public void Solve_AnyPositiveDefinite_GivesWhatALibraryGives() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        int size = 16 * random.Next(1, 6);
        Matrix<double> factor = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - 0.5);
        Matrix<double> dense = factor.TransposeThisAndMultiply(factor) + Matrix<double>.Build.DenseIdentity(size);
        Vector<double> right = Vector<double>.Build.Dense(size, _ => random.NextDouble());
        Vector<double> expected = dense.Cholesky().Solve(right);

        double[] matrix = dense.ToRowMajorArray();
        double[] result = right.ToArray();
        fixed (double* a = matrix, b = result)
        {
            if (!SmallCholesky.Factor(a, size, size))
            {
                return false;
            }

            SmallCholesky.Solve(a, size, size, b);
        }

        return result.Zip(expected, (found, wanted) => Math.Abs(found - wanted)).Max() < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void InvertUpper_Factor_GivesTheInverseWithZerosBeneath()
    {
        const int Size = 48;
        var random = new Random(8);
        Matrix<double> upper = Matrix<double>.Build.Dense(
            Size, Size, (i, j) => i > j ? 0 : i == j ? 1 + random.NextDouble() : random.NextDouble() - 0.5);
        double[] factor = upper.ToRowMajorArray();
        var inverse = new double[Size * Size];
        fixed (double* u = factor, v = inverse)
        {
            SmallCholesky.InvertUpper(u, Size, Size, v);
        }

        Matrix<double> product = upper * Matrix<double>.Build.DenseOfRowMajor(Size, Size, inverse);
        Assert.True((product - Matrix<double>.Build.DenseIdentity(Size)).L2Norm() < 1e-9);
        for (int i = 0; i < Size; i++)
        {
            Assert.All(inverse[(i * Size)..((i * Size) + i)], value => Assert.Equal(0, value));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Factor_BadPivot_SaysSo(double pivot)
    {
        var matrix = new double[256];
        for (int i = 0; i < 16; i++)
        {
            matrix[(i * 16) + i] = 1;
        }

        matrix[5 * 17] = pivot;
        fixed (double* a = matrix)
        {
            Assert.False(SmallCholesky.Factor(a, 16, 16));
        }
    }
}
