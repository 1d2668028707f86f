using StreamSense.Ml.Features;

namespace StreamSense.Ml.Tests.Features;

public sealed class PowerOfTwoTests
{
    [Fact]
    public void Raise_WholeExponents_IsExact()
    {
        for (int exponent = 0; exponent > -1022; exponent--)
        {
            Assert.Equal(Math.ScaleB(1, exponent), PowerOfTwo.Raise(exponent));
        }
    }

    [Fact]
    public void Raise_AnyExponent_IsWithinFourUnitsInTheLastPlace()
    {
        var random = new Random(11);
        for (int i = 0; i < 200_000; i++)
        {
            double exponent = -Math.Pow(10, (random.NextDouble() * 15) - 12);
            double expected = Math.Pow(2, exponent);

            Assert.True(Math.Abs(PowerOfTwo.Raise(exponent) - expected) <= 4 * Math.BitIncrement(expected) - (4 * expected), $"2^{exponent:R}");
        }
    }

    [Fact]
    public void Raise_BeyondTheRange_IsZero()
    {
        Assert.Equal(0, PowerOfTwo.Raise(-1022));
        Assert.Equal(0, PowerOfTwo.Raise(double.NegativeInfinity));
        Assert.Equal(0, PowerOfTwo.Raise(double.NaN));
    }
}
