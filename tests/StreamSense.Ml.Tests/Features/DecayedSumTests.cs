using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

public sealed class DecayedSumTests
{
    private static readonly HalfLife Day = new(TimeSpan.FromHours(24));

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.25)]
    [InlineData(10, 1.0 / 1024)]
    public void ValueAt_WholeHalfLives_HalvesExactly(int halfLives, double expected)
    {
        var sum = default(DecayedSum);
        sum.Add(1, World.Start, Day);

        Assert.Equal(expected, sum.ValueAt(World.At(halfLives * 86_400.0), Day));
    }

    [Fact]
    public void ValueAt_BeforeTheLastContribution_ReadsAsThen()
    {
        var sum = default(DecayedSum);
        sum.Add(3, World.At(100), Day);

        Assert.Equal(3, sum.ValueAt(World.At(0), Day));
    }

    [Fact]
    public void Add_LateContribution_CountsAsIfInTime()
    {
        var inOrder = default(DecayedSum);
        inOrder.Add(1, World.At(0), Day);
        inOrder.Add(1, World.At(86_400), Day);
        var late = default(DecayedSum);
        late.Add(1, World.At(86_400), Day);
        late.Add(1, World.At(0), Day);

        Assert.Equal(1.5, inOrder.Value);
        Assert.Equal((inOrder.Value, inOrder.At), (late.Value, late.At));
    }

    [Fact]
    public void ValueAt_AnyContributions_IsTheSumOfTheirPowers() => Prop.ForAll<int[], ushort>((seconds, after) =>
    {
        var sum = default(DecayedSum);
        foreach (int second in seconds)
        {
            sum.Add(1, World.At(second % 500_000), Day);
        }

        EventTime now = World.At(500_000 + after);
        double expected = seconds.Sum(second => Math.Pow(2, -(500_000.0 + after - (second % 500_000)) / 86_400));
        return Close(expected, sum.ValueAt(now, Day));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_AnySums_CommutesToTheBitAndAssociatesWithinRounding() => Prop.ForAll<int, int, int>((a, b, c) =>
    {
        DecayedSum left = Of(a);
        DecayedSum middle = Of(b);
        DecayedSum right = Of(c);
        DecayedSum leftFirst = Merge(Merge(left, middle), right);
        DecayedSum rightFirst = Merge(left, Merge(middle, right));
        DecayedSum swapped = Merge(middle, left);
        DecayedSum straight = Merge(left, middle);
        return (straight.Value, straight.At) == (swapped.Value, swapped.At)
            && leftFirst.At == rightFirst.At
            && Close(leftFirst.Value, rightFirst.Value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void HalfLife_NotPositive_Refuses()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HalfLife(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HalfLife(TimeSpan.FromSeconds(-1)));
    }

    private static DecayedSum Of(int seed) => new() { Value = 1 + Math.Abs(seed % 7), At = World.At(seed % 300_000) };

    private static DecayedSum Merge(in DecayedSum left, in DecayedSum right) => DecayedSum.Merge(left, right, Day);

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-12 * Math.Max(1, Math.Abs(expected));
}
