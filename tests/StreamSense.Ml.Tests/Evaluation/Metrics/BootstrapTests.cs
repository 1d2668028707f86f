using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class BootstrapTests
{
    [Fact]
    public void MeansOf_ShareOfOnes_HasTheWidthOfItsStandardError()
    {
        // 2,000 users of whom 30 % have a hit: the standard error is sqrt(.3 * .7 / 2000) = .01025.
        double[] rows = [.. Enumerable.Range(0, 2_000).Select(i => i % 10 < 3 ? 1.0 : 0.0)];

        MetricEstimate estimate = Bootstrap.MeansOf(rows, 1, rounds: 2_000, seed: 7)[0];

        Assert.Equal(0.3, estimate.Value, 12);
        Assert.InRange(estimate.Low, 0.3 - 0.0215, 0.3 - 0.0187);
        Assert.InRange(estimate.High, 0.3 + 0.0187, 0.3 + 0.0215);
    }

    [Fact]
    public void MeansOf_AnyNumberOfThreads_GivesTheSameBits()
    {
        double[] rows = [.. Enumerable.Range(0, 900).Select(i => Math.Sin(i))];

        MetricEstimate[] one = Bootstrap.MeansOf(rows, 3, 200, 1, threads: 1);
        MetricEstimate[] four = Bootstrap.MeansOf(rows, 3, 200, 1, threads: 4);

        Assert.Equal(one, four);
        Assert.NotEqual(one, Bootstrap.MeansOf(rows, 3, 200, 2));
    }

    [Fact]
    public void MeansOf_NoRounds_IsTheMean()
    {
        MetricEstimate[] estimates = Bootstrap.MeansOf(new double[] { 1, 10, 3, 20 }, 2, 0, 1);

        Assert.Equal([new MetricEstimate(2, 2, 2), new MetricEstimate(15, 15, 15)], estimates);
    }

    [Fact]
    public void MeansOf_NoRows_IsZero() => Assert.Equal([default(MetricEstimate)], Bootstrap.MeansOf(default, 1, 10, 1));

    [Fact]
    public void MeansOf_PartOfARow_Refuses() => Assert.Throws<ArgumentException>(() => Bootstrap.MeansOf(new double[3], 2, 10, 1));
}
