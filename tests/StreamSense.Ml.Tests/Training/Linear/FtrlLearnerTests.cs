using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Training.Linear;

public sealed class FtrlLearnerTests
{
    // Ten passes over four rows, as computed elsewhere to eight digits.
    [Fact]
    public void Learn_KnownRows_ReachesTheKnownState()
    {
        var learner = new FtrlLearner(3, new FtrlOptions { Alpha = 0.1, Beta = 1, L1 = 0.5, L2 = 1, Intercept = false });
        var rows = new LabelledRows(new float[] { 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0 }, 3, new float[] { 1, 0, 1, 0 });

        learner.Learn(rows, passes: 10);

        double[] weights = [-0.14425246, 0.34591917, 0];
        double[] z = [5.89509638, -11.50336376, 0.33599362];
        double[] n = [6.96979889, 4.33017004, 4.4524656];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(weights[i], learner[i], 1e-8);
            Assert.Equal(z[i], learner.Z[i], 1e-8);
            Assert.Equal(n[i], learner.N[i], 1e-8);
        }

        Assert.Equal(40, learner.Rows);
    }

    [Fact]
    public void Learn_SparseAndDenseRows_GiveTheSameBits()
    {
        var dense = new FtrlLearner(3);
        var sparse = new FtrlLearner(3);
        LabelledRows rows = LogisticTrainerTests.Rows(4, 200, 3);
        for (int row = 0; row < rows.Count; row++)
        {
            float[] some = [rows[row][0], float.NaN, rows[row][2]];
            double left = dense.Learn(some, rows.Labels[row]);
            double right = sparse.Learn([0, 2], [some[0], some[2]], rows.Labels[row]);
            Assert.Equal(left, right);
        }

        Assert.Equal(dense[0], sparse[0]);
        Assert.Equal(0, dense[1]);
        Assert.Equal(dense.Intercept, sparse.Intercept);
    }

    [Fact]
    public void Learn_RowsOfAModel_OrdersThemNearlyAsWellAsTheBatch()
    {
        LabelledRows train = LogisticTrainerTests.Rows(11, 4_000, 3);
        LabelledRows test = LogisticTrainerTests.Rows(12, 2_000, 3);
        var learner = new FtrlLearner(3);

        learner.Learn(train);

        LogisticModel batch = new LogisticTrainer().Train(train);
        double[] online = [.. Enumerable.Range(0, test.Count).Select(row => learner.Predict(test[row]))];
        double[] fitted = [.. Enumerable.Range(0, test.Count).Select(row => batch.Predict(test[row]))];
        Assert.InRange(
            BinaryMeasures.AreaUnderCurve(online, test.Labels)!.Value,
            BinaryMeasures.AreaUnderCurve(fitted, test.Labels)!.Value - 0.005,
            1);
    }

    [Fact]
    public void Learn_FeatureWithoutEvidence_StaysAtZero()
    {
        var learner = new FtrlLearner(2, new FtrlOptions { L1 = 3, Intercept = false });
        for (int i = 0; i < 200; i++)
        {
            learner.Learn([0], default, label: 1);
            learner.Learn([1], default, label: i % 2);
        }

        Assert.True(learner[0] > 0);
        Assert.Equal(0, learner[1]);
    }

    [Fact]
    public void ToLinearModel_Weights_AreServed()
    {
        var layout = new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title), new FeatureDefinition("b", FeatureScope.Title));
        var learner = new FtrlLearner(2);
        for (int i = 0; i < 50; i++)
        {
            learner.Learn([1f, float.NaN], i % 5 == 0 ? 0 : 1);
        }

        LinearModel model = learner.ToLinearModel(layout, "clicks", "7");

        FeatureWeight only = Assert.Single(model.Weights);
        Assert.Equal("a", only.Feature);
        Assert.Equal((float)learner[0], only.Weight);
        Assert.Equal((float)learner.Intercept, model.Bias);
        _ = new LinearRanker(model, layout);
    }

    [Fact]
    public void Learn_Warm_AllocatesNothing()
    {
        var learner = new FtrlLearner(1 << 10);
        int[] indices = [1, 5, 900];
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                learner.Learn(indices, default, i & 1);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(2)]
    public void Learn_NoLabel_Refuses(float label) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FtrlLearner(1).Learn([1f], label));

    [Fact]
    public void Constructor_OptionOutsideItsRange_Refuses()
    {
        Assert.Throws<ArgumentException>(() => new FtrlLearner(1, new FtrlOptions { Alpha = 0 }));
        Assert.Throws<ArgumentException>(() => new FtrlLearner(1, new FtrlOptions { Beta = 0, L2 = 0 }));
    }
}
