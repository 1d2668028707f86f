using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

public sealed class BoostingLossTests
{
    private const float Step = 1e-2f;

    [Theory]
    [InlineData(BoostingObjective.Squared)]
    [InlineData(BoostingObjective.Logistic)]
    public void Derive_OfAMeanLoss_IsItsSlopeAndCurvature(BoostingObjective objective)
    {
        float[] weights = [1, 2, 0.5f, 3];
        BoostingData data = Weighted([0.5f, 1, 0, 1], weights);
        BoostingLoss loss = BoostingLoss.Of(new BoostingOptions { Objective = objective }, data, OneThread());
        float[] scores = [0.3f, -1, 2, 0];

        (float[] first, float[] second) = Derive(loss, scores);

        // The squared error is told whole, and its half is what the trees step along.
        double scale = weights.Sum() * (objective == BoostingObjective.Squared ? 0.5 : 1);
        for (int row = 0; row < scores.Length; row++)
        {
            double above = Shifted(loss, scores, row, Step) * scale;
            double here = loss.Mean(scores) * scale;
            double below = Shifted(loss, scores, row, -Step) * scale;
            Assert.Equal((above - below) / (2 * Step), first[row], 2e-4);
            Assert.Equal((above - (2 * here) + below) / (Step * Step), second[row], 2e-3);
        }
    }

    [Fact]
    public void Derive_OfAPair_IsTheSlopeOfItsWeightedLogLoss()
    {
        // The better row stands second: swapped, NDCG would be 1 instead of (1 / log2 3).
        var options = new BoostingOptions { Objective = BoostingObjective.LambdaMart, NormalizeGroups = false };
        BoostingLoss loss = BoostingLoss.Of(options, Grouped([0, 1], 2), OneThread());
        double weight = 1 - (1 / Math.Log2(3));

        (float[] first, float[] second) = Derive(loss, [0.4f, 0.1f]);

        double share = 1 / (1 + Math.Exp(0.1f - 0.4f));
        Assert.Equal(weight * share, first[0], 1e-6);
        Assert.Equal(-weight * share, first[1], 1e-6);
        Assert.Equal(weight * share * (1 - share), second[0], 1e-6);
        Assert.Equal(weight * share * (1 - share), second[1], 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Derive_OfGroups_SumsToNothingInEach(bool normalize)
    {
        var random = new Random(1);
        int[] sizes = [12, 0, 1, 40, 7];
        float[] grades = [.. Enumerable.Range(0, 60).Select(_ => (float)random.Next(5))];
        float[] scores = [.. Enumerable.Range(0, 60).Select(_ => (float)random.NextDouble())];
        var options = new BoostingOptions { Objective = BoostingObjective.LambdaMart, NormalizeGroups = normalize };

        (float[] first, float[] second) = Derive(BoostingLoss.Of(options, Grouped(grades, sizes), OneThread()), scores);

        int start = 0;
        foreach (int size in sizes)
        {
            Assert.Equal(0, first.Skip(start).Take(size).Sum(value => (double)value), 1e-5);
            start += size;
        }

        Assert.All(second, value => Assert.True(value >= 0));
        Assert.Contains(first, value => value != 0);
    }

    [Fact]
    public void Derive_OfAGroupOfOneGrade_IsNothing()
    {
        var options = new BoostingOptions { Objective = BoostingObjective.LambdaMart };

        (float[] first, float[] second) = Derive(BoostingLoss.Of(options, Grouped([0, 0, 2, 2], 2, 2), OneThread()), [1, 2, 3, 4]);

        Assert.All(first.Concat(second), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Mean_OfGroups_IsOneMinusNdcg()
    {
        var options = new BoostingOptions { Objective = BoostingObjective.LambdaMart };
        BoostingLoss loss = BoostingLoss.Of(options, Grouped([0, 1, 0, 0], 2, 2), OneThread());

        Assert.Equal((1 - (1 / Math.Log2(3))) / 2, loss.Mean([2, 1, 0, 0]), 1e-12);
        Assert.Equal(0, loss.Mean([1, 2, 0, 0]), 1e-12);
    }

    private static WorkSharing OneThread() => new(1, CancellationToken.None);

    private static BoostingData Weighted(float[] labels, float[] weights) =>
        new(["x"], [new float[labels.Length]], labels) { Weights = weights };

    private static BoostingData Grouped(float[] grades, params int[] sizes) =>
        new(["x"], [new float[grades.Length]], grades) { GroupSizes = [.. sizes] };

    private static (float[] First, float[] Second) Derive(BoostingLoss loss, float[] scores)
    {
        var first = new float[scores.Length];
        var second = new float[scores.Length];
        loss.Derive(scores, first, second);
        return (first, second);
    }

    private static double Shifted(BoostingLoss loss, float[] scores, int row, float by)
    {
        float[] shifted = [.. scores];
        shifted[row] += by;
        return loss.Mean(shifted);
    }
}
