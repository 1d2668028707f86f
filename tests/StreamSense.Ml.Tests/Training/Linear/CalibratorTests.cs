using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Training.Linear;

public sealed class CalibratorTests
{
    [Fact]
    public void Isotonic_HandComputed_PoolsViolators()
    {
        // Means of blocks: {1} 0; {2, 3, 4} of 1, 0, 1 with the violator pooled: 1, 0 -> .5, then 1; {5} 1.
        IsotonicCalibrator curve = IsotonicCalibrator.Fit([1, 2, 3, 4, 5], [0, 1, 0, 1, 1]);

        Assert.Equal([0, 0.5, 0.5, 1], new double[] { 1, 2, 3, 4 }.Select(curve.Calibrate));
        Assert.Equal(0.25, curve.Calibrate(1.5), 12);
        Assert.Equal(0, curve.Calibrate(-100));
        Assert.Equal(1, curve.Calibrate(100));
        Assert.Equal(0, curve.Calibrate(double.NaN));
    }

    [Fact]
    public void Isotonic_AnyScores_IsTheBestRisingFit() => Prop.ForAll<(byte Score, bool Yes)[]>(rows =>
    {
        if (rows.Length == 0)
        {
            return true;
        }

        double[] scores = [.. rows.Select(row => (double)(row.Score & 31))];
        float[] labels = [.. rows.Select(row => row.Yes ? 1f : 0)];
        IsotonicCalibrator curve = IsotonicCalibrator.Fit(scores, labels);

        // The value at a score is max over starts at or before it of min over ends at or after it of the mean between them.
        return scores.Distinct().All(score => Math.Abs(curve.Calibrate(score) - MaxMin(scores, labels, score)) < 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Isotonic_AnyScores_NeverFalls() => Prop.ForAll<(byte Score, bool Yes)[]>(rows =>
    {
        if (rows.Length == 0)
        {
            return true;
        }

        IsotonicCalibrator curve = IsotonicCalibrator.Fit(
            [.. rows.Select(row => (double)row.Score)], [.. rows.Select(row => row.Yes ? 1f : 0)]);
        double[] values = [.. Enumerable.Range(-10, 2_800).Select(i => curve.Calibrate(i / 10.0))];
        return values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second) && values[0] >= 0 && values[^1] <= 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Platt_ScoresOfAKnownCurve_FindsIt()
    {
        var random = new Random(3);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() * 10) - 3)];
        float[] labels = [.. scores.Select(score => random.NextDouble() < 1 / (1 + Math.Exp(-((0.8 * score) - 1))) ? 1f : 0)];

        PlattCalibrator curve = PlattCalibrator.Fit(scores, labels);

        Assert.Equal(0.8, curve.Slope, 0.05);
        Assert.Equal(-1, curve.Intercept, 0.1);
    }

    [Fact]
    public void Platt_SeparatedScores_IsHeldByItsTargets()
    {
        PlattCalibrator curve = PlattCalibrator.Fit([-1, -1, 1, 1], [0, 0, 1, 1]);

        // Targets are 3/4 and 1/4.
        Assert.Equal(0.75, curve.Calibrate(1), 6);
        Assert.Equal(0.25, curve.Calibrate(-1), 6);
    }

    [Fact]
    public void Platt_ScoresThatOrderWrongly_SayTheShare()
    {
        PlattCalibrator curve = PlattCalibrator.Fit([1, 2, 3, 4], [1, 1, 0, 0]);

        Assert.Equal(0, curve.Slope);
        Assert.Equal(0.5, curve.Calibrate(9), 12);
    }

    [Fact]
    public void Platt_HugeScores_StaysFinite()
    {
        PlattCalibrator curve = PlattCalibrator.Fit([1e12, 2e12, 3e12, 4e12, 1.5e12], [0, 1, 1, 1, 0]);

        Assert.InRange(curve.Calibrate(3e12), 0.5, 1);
        Assert.InRange(curve.Calibrate(double.NaN), 0, 0.01);
        Assert.InRange(curve.Calibrate(double.PositiveInfinity), 0.99, 1);
    }

    [Fact]
    public void Calibrators_OverconfidentScores_LowerTheCalibrationError()
    {
        var random = new Random(8);
        double[] scores = [.. Enumerable.Range(0, 4_000).Select(_ => (random.NextDouble() * 8) - 4)];
        float[] labels = [.. scores.Select(score => random.NextDouble() < 1 / (1 + Math.Exp(-score / 3)) ? 1f : 0)];
        double[] raw = [.. scores.Select(score => 1 / (1 + Math.Exp(-score)))];
        double[] some = scores[..2_000];
        float[] theirs = labels[..2_000];
        ICalibrator[] curves = [PlattCalibrator.Fit(some, theirs), IsotonicCalibrator.Fit(some, theirs)];
        double before = CalibrationReport.OfEqualWidth(raw[2_000..], labels[2_000..]).ExpectedError;

        foreach (ICalibrator curve in curves)
        {
            double[] after = [.. scores[2_000..].Select(curve.Calibrate)];
            Assert.True(CalibrationReport.OfEqualWidth(after, labels[2_000..]).ExpectedError < before / 3);
        }
    }

    [Fact]
    public void Fit_NothingOrNoNumber_Refuses()
    {
        Assert.Throws<ArgumentException>(() => PlattCalibrator.Fit([], []));
        Assert.Throws<ArgumentException>(() => IsotonicCalibrator.Fit([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([1, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([1, 2], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlattCalibrator(-1, 0));
    }

    private static double MaxMin(double[] scores, float[] labels, double at)
    {
        double[] corners = [.. scores.Distinct()];
        double Mean(double from, double to) => Enumerable.Range(0, scores.Length)
            .Where(i => scores[i] >= from && scores[i] <= to)
            .Average(i => (double)labels[i]);
        return corners.Where(from => from <= at).Max(from => corners.Where(to => to >= at).Min(to => Mean(from, to)));
    }
}
