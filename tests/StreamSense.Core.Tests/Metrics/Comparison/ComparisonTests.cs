using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics.Comparison;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Metrics.Comparison;

public sealed class ComparisonTests
{
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Proportion_OfThePublishedExamples_HasTheirIntervals(int successes, int trials, double lower, double upper)
    {
        ConfidenceInterval interval = new Proportion(successes, trials).Estimate().Interval!.Value;

        Assert.Equal((lower, upper), (Math.Round(interval.Lower!.Value, 4), Math.Round(interval.Upper!.Value, 4)));
    }

    // Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
    [Theory]
    [InlineData(48, 80, 56, 70, 0.0524, 0.3339)]
    [InlineData(3, 10, 9, 10, 0.1705, 0.8090)]
    [InlineData(2, 7, 6, 7, 0.0582, 0.8062)]
    [InlineData(0, 29, 5, 56, -0.0381, 0.1926)]
    [InlineData(0, 20, 0, 10, -0.1611, 0.2775)]
    [InlineData(0, 20, 10, 10, 0.6791, 1)]
    [InlineData(0, 10, 10, 10, 0.6075, 1)]
    public void DifferenceTo_OfThePublishedProportions_HasTheirIntervals(
        int left, int leftTrials, int right, int rightTrials, double lower, double upper)
    {
        Estimate difference = new Proportion(left, leftTrials).DifferenceTo(new Proportion(right, rightTrials));
        ConfidenceInterval interval = difference.Interval!.Value;

        Assert.Equal((lower, upper), (Math.Round(interval.Lower!.Value, 4), Math.Round(interval.Upper!.Value, 4)));
        Assert.Equal(((double)right / rightTrials) - ((double)left / leftTrials), difference.Value!.Value, 12);
    }

    [Fact]
    public void DifferenceTo_OfTwoMeans_IsWelchs()
    {
        MeanSums left = MeanOf([275, 210, 190, 236, 170, 179, 169, 201, 219, 226, 231, 196, 190, 217, 214]);
        MeanSums right = MeanOf([271, 220, 208, 234, 234, 235, 258, 220, 248, 202, 219, 221, 229, 305, 313]);

        Estimate difference = left.DifferenceTo(right);

        Assert.Equal(208.2, left.Mean);
        Assert.Equal((786.742857143, 1083.6952381), (Math.Round(left.Variance!.Value, 9), Math.Round(right.Variance!.Value, 7)));
        Assert.Equal(32.933333333, difference.Value!.Value, 8);
        Assert.Equal(10.0333203469, difference.Interval!.Value.Lower!.Value, 8);
        Assert.Equal(55.8333463198, difference.Interval!.Value.Upper!.Value, 8);
    }

    [Fact]
    public void Variance_OfLargeValuesThatDifferLittle_LosesNothing()
    {
        const long Far = 1_000_000_000_000_000;
        Assert.Equal(1, MeanOf([Far - 1, Far, Far + 1]).Variance);
        Assert.Equal(1, MeanOf([-1, 0, 1]).Variance);
    }

    [Fact]
    public void RatioVariance_OfAFewViews_IsThatOfTheDeltaMethod()
    {
        RatioSums ratio = RatioOf([3, 5, 2, 8, 1, 9, 4, 4], [10, 22, 9, 31, 7, 33, 20, 15]);

        Assert.Equal(0.24489795918367, ratio.Ratio!.Value, 13);
        Assert.Equal(0.00015489734701204, ratio.RatioVariance!.Value, 15);
    }

    [Theory]
    [InlineData(100, 0.5, 40, 61)]
    [InlineData(30, 0.5, 10, 21)]
    [InlineData(400, 0.95, 371, 389)]
    [InlineData(20, 0.95, 17, 21)]
    [InlineData(10, 0.5, 2, 9)]
    [InlineData(5, 0.5, 0, 6)]
    public void Ranks_OfAQuantile_AreThoseOfTheBinomialDistribution(int count, double quantile, int lower, int upper) =>
        Assert.Equal((lower, upper), QuantileInterval.Ranks(count, quantile, 0.975));

    [Fact]
    public void Ranks_BeyondTheExactOnes_GoOn()
    {
        (long lower, long upper) = QuantileInterval.Ranks(100_000, 0.95, 0.975);
        (long nextLower, long nextUpper) = QuantileInterval.Ranks(100_001, 0.95, 0.975);

        Assert.InRange(nextLower - lower, -2, 2);
        Assert.InRange(nextUpper - upper, -2, 2);
    }

    [Fact]
    public void Estimate_OfTooLittle_SaysWhatIsMissing()
    {
        Assert.Equal(Estimate.None, new Proportion(0, 0).Estimate());
        Assert.Equal(Estimate.None, default(MeanSums).Estimate());
        Assert.Equal(new Estimate(5, null), MeanOf([5]).Estimate());
        Assert.Equal(new Estimate(1, null), MeanOf([5]).DifferenceTo(MeanOf([6])));
        Assert.Equal(Estimate.None, MeanOf([5]).DifferenceTo(default));
        Assert.Equal(Estimate.None, default(RatioSums).Estimate());
        Assert.Equal(Estimate.None, QuantileInterval.Of(new QuantileSketch(), 0.5));
        var few = new QuantileSketch();
        few.Add(7);
        Assert.Equal(new Estimate(7, new ConfidenceInterval(null, null)), QuantileInterval.Of(few, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(1, 2).Estimate(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(0, 0).Estimate(95));
    }

    [Fact]
    public void Estimate_OfAnyProportion_LiesInItsIntervalAndNarrows() => Prop.ForAll<PositiveInt, NonNegativeInt>((trials, part) =>
    {
        var few = new Proportion(part.Get % (trials.Get + 1), trials.Get);
        var many = new Proportion(few.Successes * 4, few.Trials * 4);
        ConfidenceInterval wide = few.Estimate().Interval!.Value;
        ConfidenceInterval narrow = many.Estimate().Interval!.Value;
        return wide.Lower >= 0 && wide.Upper <= 1 && wide.Contains(few.Value!.Value) && narrow.Contains(few.Value!.Value)
            && narrow.Upper - narrow.Lower < wide.Upper - wide.Lower;
    }).QuickCheckThrowOnFailure();

    private static MeanSums MeanOf(long[] values) =>
        new(values.Length, values.Sum(), values.Aggregate(Int128.Zero, (sum, value) => sum + ((Int128)value * value)));

    private static RatioSums RatioOf(long[] x, long[] y) => new(
        x.Length, x.Sum(), y.Sum(), x.Sum(v => v * v), y.Sum(v => v * v), x.Zip(y).Sum(pair => pair.First * pair.Second));
}
