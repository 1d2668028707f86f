using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

/// <summary>The arithmetic of steps: against plain loops, and the same bits in both widths.</summary>
public sealed unsafe class StepKernelTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(128)]
    public void Products_EitherWidth_AreTheSameBitsAndRight(int length)
    {
        float[] x = Numbers(length, 1);
        float[] y = Numbers(length, 2);
        float[] z = Numbers(length, 3);
        double dot = 0;
        double margin = 0;
        for (int i = 0; i < length; i++)
        {
            dot += (double)x[i] * y[i];
            margin += (double)x[i] * (y[i] - z[i]);
        }

        fixed (float* a = x, b = y, c = z)
        {
            Assert.Equal(dot, StepKernel.Dot(a, b, length, isWide: true), 1e-5);
            Assert.Equal(margin, StepKernel.Margin(a, b, c, length, isWide: true), 1e-5);
            Assert.Equal(StepKernel.Dot(a, b, length, isWide: true), StepKernel.Dot(a, b, length, isWide: false));
            Assert.Equal(StepKernel.Margin(a, b, c, length, isWide: true), StepKernel.Margin(a, b, c, length, isWide: false));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pull_TwoVectors_MovesEachAlongTheOtherAsItWas(bool isWide)
    {
        float[] p = Numbers(32, 1);
        float[] q = Numbers(32, 2);
        float[] left = [.. p];
        float[] right = [.. q];
        fixed (float* a = left, b = right)
        {
            StepKernel.Pull(a, b, 32, 0.25f, 0.5f, isWide);
        }

        for (int i = 0; i < 32; i++)
        {
            Assert.Equal(MathF.FusedMultiplyAdd(q[i], 0.25f, p[i] * 0.5f), left[i]);
            Assert.Equal(MathF.FusedMultiplyAdd(p[i], 0.25f, q[i] * 0.5f), right[i]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Part_ThreeVectors_MovesThemApart(bool isWide)
    {
        float[] x = Numbers(32, 1);
        float[] y = Numbers(32, 2);
        float[] z = Numbers(32, 3);
        float[] user = [.. x];
        float[] liked = [.. y];
        float[] other = [.. z];
        fixed (float* a = user, b = liked, c = other)
        {
            StepKernel.Part(a, b, c, 32, 0.25f, 0.5f, isWide);
        }

        for (int i = 0; i < 32; i++)
        {
            Assert.Equal(MathF.FusedMultiplyAdd(y[i] - z[i], 0.25f, x[i] * 0.5f), user[i]);
            Assert.Equal(MathF.FusedMultiplyAdd(x[i], 0.25f, y[i] * 0.5f), liked[i]);
            Assert.Equal(MathF.FusedMultiplyAdd(-x[i], 0.25f, z[i] * 0.5f), other[i]);
        }
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
    }
}
