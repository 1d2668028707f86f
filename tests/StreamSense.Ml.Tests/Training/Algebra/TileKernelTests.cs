using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Tests.Training.Algebra;

public sealed unsafe class TileKernelTests
{
    private const int Rows = 32;
    private const int Columns = 48;
    private const int Depth = 37;

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public void MultiplyAdd_AnyStridesAndWidth_GivesTheProduct(bool isLeftTransposed, bool isRightTransposed, bool isWide)
    {
        double[] left = Numbers(Rows * Depth, 1);
        double[] right = Numbers(Depth * Columns, 2);
        double[] target = Numbers(Rows * Columns, 3);
        double[] expected = [.. target];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                for (int k = 0; k < Depth; k++)
                {
                    double a = isLeftTransposed ? left[(k * Rows) + i] : left[(i * Depth) + k];
                    double b = isRightTransposed ? right[(j * Depth) + k] : right[(k * Columns) + j];
                    expected[(i * Columns) + j] -= a * b;
                }
            }
        }

        var panel = new double[TileKernel.ScratchLength(Depth)];
        fixed (double* a = left, b = right, c = target, p = panel)
        {
            Strided leftView = isLeftTransposed ? new Strided(a, 1, Rows) : new Strided(a, Depth, 1);
            Strided rightView = isRightTransposed ? new Strided(b, 1, Depth) : new Strided(b, Columns, 1);
            TileKernel.MultiplyAdd(c, new TileSize(Rows, Columns, Columns), leftView, rightView, Depth, -1, p, isWide);
        }

        for (int i = 0; i < target.Length; i++)
        {
            Assert.Equal(expected[i], target[i], 1e-12);
        }
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
