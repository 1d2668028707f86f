using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class DecayedCounterTests
{
    private static readonly EventTime Start = new(1_700_000_000_000_000);

    [Fact]
    public void ValueAt_OneWeight_HalvesWithEveryHalfLife()
    {
        var counter = new DecayedCounter(TimeSpan.FromHours(1));
        counter.Add(Start, 1_000);

        Assert.Equal(1_000, counter.ValueAt(Start), 1_000 * 1e-9);
        Assert.Equal(500, counter.ValueAt(Start + TimeSpan.FromHours(1)), 500 * 1.1e-5);
        Assert.Equal(1_000 * Math.Pow(2, -2.5), counter.ValueAt(Start + TimeSpan.FromMinutes(150)), 0.01);
        Assert.Equal(1_000 * Math.Pow(2, -40), counter.ValueAt(Start + TimeSpan.FromHours(40)), 1e-9);
        Assert.Equal(2_000, counter.ValueAt(Start - TimeSpan.FromHours(1)), 0.1);
        Assert.Equal(0, counter.ValueAt(Start + TimeSpan.FromDays(10_000)), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(86_400_000)]
    [InlineData(1_461L * 86_400_000)]
    public void ValueAt_ManyWeights_IsTheSumOfTheirDecays(long halfLifeMilliseconds)
    {
        long halfLife = halfLifeMilliseconds * 1_000;
        var random = new Random(5);
        var counter = new DecayedCounter(TimeSpan.FromMilliseconds(halfLifeMilliseconds));
        var now = new EventTime(Start.UnixMicroseconds + (40 * halfLife));
        double expected = 0;
        for (int i = 0; i < 1_000; i++)
        {
            var at = new EventTime(Start.UnixMicroseconds + random.NextInt64(40 * halfLife));
            int weight = random.Next(1, 1_000);
            counter.Add(at, weight);
            expected += weight * Math.Pow(2, -(double)(now.UnixMicroseconds - at.UnixMicroseconds) / halfLife);
        }

        Assert.InRange(counter.ValueAt(now), expected * (1 - 2.2e-5), expected * (1 + 2.2e-5));
    }

    [Fact]
    public void Add_NegativeWeights_TakesBackExactly()
    {
        var counter = new DecayedCounter(TimeSpan.FromMinutes(1));
        counter.Add(Start, 17);
        counter.Add(Start - TimeSpan.FromSeconds(90), 5);
        counter.Add(Start, -17);
        counter.Add(Start - TimeSpan.FromSeconds(90), -5);

        Assert.Equal(0, counter.ValueAt(Start));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -3)]
    [InlineData(-70, 5)]
    [InlineData(31, 32)]
    public void Add_InEitherOrder_GivesTheSameBits(int firstEpoch, int secondEpoch)
    {
        // Before 1970, too: nothing depends on the sign of a time.
        var first = new EventTime((firstEpoch * 60_000_000L) + 12_345_678);
        var second = new EventTime((secondEpoch * 60_000_000L) + 1);
        var one = new DecayedCounter(TimeSpan.FromMinutes(1));
        one.Add(first, 3);
        one.Add(second, 1_000_000_007);
        var other = new DecayedCounter(TimeSpan.FromMinutes(1));
        other.Add(second, 1_000_000_007);
        other.Add(first, 3);

        Assert.Equal(SketchLaws.BytesOf(one), SketchLaws.BytesOf(other));
    }

    [Fact]
    public void FractionalPowers_EveryFraction_IsThePowerToNineDigits()
    {
        for (int fraction = 0; fraction < 1 << FractionalPowers.FractionBits; fraction += 7)
        {
            double expected = Math.Pow(2, fraction / 65_536.0) * (1L << FractionalPowers.ScaleBits);
            Assert.InRange(FractionalPowers.Of(fraction), expected - 3, expected + 3);
        }

        Assert.Equal(1L << FractionalPowers.ScaleBits, FractionalPowers.Of(0));
        Assert.Equal(3_037_000_500, FractionalPowers.Of(1 << 15));
    }

    [Fact]
    public void Constructor_HalfLivesOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecayedCounter(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecayedCounter(TimeSpan.FromMicroseconds(999)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecayedCounter(TimeSpan.FromDays(1_462)));
        Assert.Throws<ArgumentException>(() =>
            new DecayedCounter(TimeSpan.FromDays(1)).Merge(new DecayedCounter(TimeSpan.FromDays(2))));
    }

    [Fact]
    public void Add_AsTimeGoesOn_AllocatesNothing()
    {
        var counter = new DecayedCounter(TimeSpan.FromSeconds(1));
        EventTime now = Start;
        for (int i = 0; i < 100; i++)
        {
            counter.Add(now - TimeSpan.FromSeconds(31));
            counter.Add(now += TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, Allocations.Least(() =>
        {
            counter.Add(now += TimeSpan.FromMilliseconds(1_700));
            counter.Add(now - TimeSpan.FromSeconds(20));
            _ = counter.ValueAt(now);
        }));
    }
}
