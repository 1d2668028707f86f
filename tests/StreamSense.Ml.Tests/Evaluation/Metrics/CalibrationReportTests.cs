using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class CalibrationReportTests
{
    [Fact]
    public void OfEqualWidth_HandComputed_WeighsGapsByCount()
    {
        CalibrationReport report = CalibrationReport.OfEqualWidth([0.05, 0.15, 0.12, 0.95, 1], [0, 1, 0, 1, 0], bins: 10);

        Assert.Equal([1, 2, 2], report.Bins.Select(bin => bin.Count));
        Assert.Equal([0.05, 0.135, 0.975], report.Bins.Select(bin => Math.Round(bin.MeanPrediction, 6)));
        Assert.Equal([0, 0.5, 0.5], report.Bins.Select(bin => bin.Share));
        Assert.Equal(((1 * 0.05) + (2 * 0.365) + (2 * 0.475)) / 5, report.ExpectedError, 12);
        Assert.Equal(0.475, report.LargestError, 12);
    }

    [Fact]
    public void OfEqualCounts_SortedParts_HaveAsMany()
    {
        double[] probabilities = [.. Enumerable.Range(0, 100).Select(i => (99 - i) / 100.0)];
        float[] labels = [.. probabilities.Select(probability => probability >= 0.5 ? 1f : 0f)];

        CalibrationReport report = CalibrationReport.OfEqualCounts(probabilities, labels, bins: 4);

        Assert.Equal([25, 25, 25, 25], report.Bins.Select(bin => bin.Count));
        Assert.Equal([0, 0, 1, 1], report.Bins.Select(bin => bin.Share));
    }

    [Fact]
    public void OfEqualWidth_Nothing_HasNoBins() => Assert.Empty(CalibrationReport.OfEqualWidth([], []).Bins);

    [Fact]
    public void OfEqualWidth_NotANumber_Refuses() =>
        Assert.Throws<ArgumentException>(() => CalibrationReport.OfEqualWidth([double.NaN], [1]));
}
