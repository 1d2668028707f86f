using StreamSense.Ml.Training.Algebra;

namespace StreamSense.Ml.Tests.Training.Algebra;

public sealed unsafe class SquareKernelTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(48, 37)]
    [InlineData(64, 128)]
    public void Add_EitherWidth_GivesTheSameBitsAndTheSum(int size, int count)
    {
        var random = new Random(4);
        float[] vectors = [.. Enumerable.Range(0, size * count).Select(_ => (float)random.NextDouble() - 0.5f)];
        double[] wide = [.. Enumerable.Range(0, size * size).Select(i => (double)i)];
        double[] narrow = [.. wide];
        fixed (float* v = vectors)
        {
            fixed (double* w = wide, n = narrow)
            {
                SquareKernel.Add(w, size, v, count, isWide: true);
                SquareKernel.Add(n, size, v, count, isWide: false);
            }
        }

        Assert.Equal(wide, narrow);
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                double sum = (i * size) + j;
                for (int k = 0; k < count; k++)
                {
                    sum += (double)vectors[(k * size) + i] * vectors[(k * size) + j];
                }

                Assert.Equal(sum, wide[(i * size) + j], 1e-5);
            }
        }
    }
}
