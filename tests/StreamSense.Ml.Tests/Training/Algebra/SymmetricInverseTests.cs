using MathNet.Numerics.LinearAlgebra;
using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Tests.Training.Algebra;

public sealed class SymmetricInverseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void Compute_PositiveDefinite_GivesWhatALibraryGives(int size)
    {
        Matrix<double> dense = Positive(size, seed: size);
        Matrix<double> expected = dense.Inverse();

        TiledSymmetric matrix = Tiled(dense);
        Assert.True(SymmetricInverse.Compute(matrix, threads: 1));

        double scale = expected.Enumerate().Max(Math.Abs);
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                Assert.Equal(expected[i, j], matrix[i, j], 1e-10 * scale);
            }
        }
    }

    [Fact]
    public void Compute_OneThreadOrThree_GivesTheSameBits()
    {
        Matrix<double> dense = Positive(520, seed: 3);
        TiledSymmetric one = Tiled(dense);
        TiledSymmetric three = Tiled(dense);

        SymmetricInverse.Compute(one, threads: 1);
        SymmetricInverse.Compute(three, threads: 3);

        AssertSameBits(one, three);
    }

    [Fact]
    public void Compute_NarrowVectors_GivesTheSameBits()
    {
        Matrix<double> dense = Positive(260, seed: 4);
        TiledSymmetric wide = Tiled(dense);
        TiledSymmetric narrow = Tiled(dense);

        SymmetricInverse.Compute(wide, 1, isWide: true, null, default);
        SymmetricInverse.Compute(narrow, 1, isWide: false, null, default);

        AssertSameBits(wide, narrow);
    }

    [Fact]
    public void Compute_NotPositiveDefinite_SaysSo()
    {
        var matrix = new TiledSymmetric(200);
        for (int i = 0; i < 200; i++)
        {
            matrix[i, i] = 1;
        }

        matrix[3, 150] = 2;

        Assert.False(SymmetricInverse.Compute(matrix, threads: 1));
    }

    [Fact]
    public void Compute_Cancelled_Throws()
    {
        TiledSymmetric matrix = Tiled(Positive(300, seed: 5));
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => SymmetricInverse.Compute(matrix, 1, null, source.Token));
    }

    private static Matrix<double> Positive(int size, int seed)
    {
        var random = new Random(seed);
        Matrix<double> factor = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - 0.5);
        return factor.TransposeThisAndMultiply(factor) + Matrix<double>.Build.DenseIdentity(size);
    }

    private static TiledSymmetric Tiled(Matrix<double> dense)
    {
        var matrix = new TiledSymmetric(dense.RowCount);
        for (int i = 0; i < dense.RowCount; i++)
        {
            for (int j = i; j < dense.RowCount; j++)
            {
                matrix[i, j] = dense[i, j];
            }
        }

        return matrix;
    }

    private static void AssertSameBits(TiledSymmetric left, TiledSymmetric right)
    {
        for (int i = 0; i < left.Size; i++)
        {
            for (int j = i; j < left.Size; j++)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(left[i, j]), BitConverter.DoubleToInt64Bits(right[i, j]));
            }
        }
    }
}
