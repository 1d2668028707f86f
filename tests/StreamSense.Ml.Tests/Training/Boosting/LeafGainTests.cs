using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

public sealed class LeafGainTests
{
    [Fact]
    public void Value_OfAGradient_IsNewtonsStep()
    {
        var gain = new LeafGain(l1: 0, l2: 1);

        Assert.Equal(-2.0, gain.Value(gradient: 6, hessian: 2));
        Assert.Equal(12.0, gain.Of(gradient: 6, hessian: 2));
    }

    [Fact]
    public void Value_WithL1_IsTakenTowardsNothing()
    {
        var gain = new LeafGain(l1: 2, l2: 0);

        Assert.Equal(2.0, gain.Value(gradient: -6, hessian: 2));
        Assert.Equal(8.0, gain.Of(gradient: -6, hessian: 2));
        Assert.Equal(0.0, gain.Value(gradient: 1.5, hessian: 2));
        Assert.Equal(0.0, gain.Of(gradient: -1.5, hessian: 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void OfPairs_OfAnyLength_IsTheSameBitsAsOneByOne(double l1)
    {
        var random = new Random(3);
        var gain = new LeafGain(l1, l2: 1.5);
        double[] gradients = [.. Enumerable.Range(0, 255).Select(_ => random.NextDouble() - 0.4)];
        double[] hessians = [.. Enumerable.Range(0, 255).Select(_ => random.NextDouble() * 9)];
        var single = new double[1];
        var together = new double[255];

        gain.OfPairs(gradients, hessians, 0.3, 10, together);

        for (int i = 0; i < gradients.Length; i++)
        {
            gain.OfPairs(gradients.AsSpan(i, 1), hessians.AsSpan(i, 1), 0.3, 10, single);
            double expected = gain.Of(gradients[i], hessians[i]) + gain.Of(0.3 - gradients[i], 10 - hessians[i]);
            Assert.Equal(BitConverter.DoubleToInt64Bits(single[0]), BitConverter.DoubleToInt64Bits(together[i]));
            Assert.Equal(expected, together[i], 1e-12);
        }
    }
}
