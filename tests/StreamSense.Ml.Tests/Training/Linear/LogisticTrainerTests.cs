using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Training.Linear;

public sealed class LogisticTrainerTests
{
    private static readonly FeatureLayout Layout = new(
        new FeatureDefinition("a", FeatureScope.Title),
        new FeatureDefinition("b", FeatureScope.Title),
        new FeatureDefinition("c", FeatureScope.Title));

    [Fact]
    public void Train_OneYesInFour_GivesItsLogOdds()
    {
        var rows = new LabelledRows(new float[4], 1, new float[] { 1, 0, 0, 0 });

        LogisticModel model = new LogisticTrainer().Train(rows);

        Assert.Equal(Math.Log(1 / 3.0), model.Bias, 9);
        Assert.Equal(0, Assert.Single(model.Weights));
        Assert.Equal(-((0.25 * Math.Log(0.25)) + (0.75 * Math.Log(0.75))), model.Loss, 9);
    }

    [Fact]
    public void Train_TwoByTwoTable_GivesTheOddsRatio()
    {
        // Of 40 with the feature 30 came true, of 60 without it 15: the odds ratio is 3 / (1/3) = 9.
        float[] features = [.. Enumerable.Range(0, 100).Select(i => i < 40 ? 1f : 0)];
        float[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 30 || (i >= 40 && i < 55) ? 1f : 0)];

        LogisticModel model = new LogisticTrainer(new LogisticOptions { Regularisation = 0 }).Train(new LabelledRows(features, 1, labels));

        Assert.Equal(Math.Log(9), model.Weights[0], 5);
        Assert.Equal(Math.Log(1 / 3.0), model.Bias, 5);
        Assert.Equal(0.75, model.Predict([1]), 6);
    }

    [Fact]
    public void Train_WeightedRows_EqualRepeatedRows()
    {
        LabelledRows repeated = Rows(3, 300, 3);
        int[] order = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(i, 1 + (i % 3)))];
        float[] features = [.. order.SelectMany(i => repeated[i].ToArray())];
        float[] labels = [.. order.Select(i => repeated.Labels[i])];
        float[] weights = [.. Enumerable.Range(0, 300).Select(i => 1f + (i % 3))];
        float[] once = [.. Enumerable.Range(0, 300).SelectMany(i => repeated[i].ToArray())];

        LogisticModel left = new LogisticTrainer().Train(new LabelledRows(features, 3, labels));
        LogisticModel right = new LogisticTrainer().Train(new LabelledRows(once, 3, repeated.Labels.ToArray(), weights));

        AssertNear(left, right, 1e-5);
    }

    [Fact]
    public void Train_AnyRows_IsAtAMinimum() => Prop.ForAll<byte>(seed =>
    {
        const double Ridge = 0.7;
        LabelledRows rows = Rows(seed, 120, 3);
        LogisticModel model = new LogisticTrainer(new LogisticOptions { Regularisation = Ridge }).Train(rows);

        // The ridge is on weights of scaled features; each partial derivative, taken from outside, must vanish.
        for (int column = -1; column < 3; column++)
        {
            double gradient = 0;
            double mean = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                double feature = column < 0 ? 1 : rows[row][column];
                gradient += (model.Predict(rows[row]) - rows.Labels[row]) * feature;
                mean += feature / rows.Count;
            }

            double variance = Enumerable.Range(0, rows.Count).Average(row => column < 0 ? 0 : Math.Pow(rows[row][column] - mean, 2));
            gradient += column < 0 ? 0 : Ridge * variance * model.Weights[column];
            if (Math.Abs(gradient) > 1e-3)
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Train_AnyNumberOfThreads_GivesTheSameBits()
    {
        LabelledRows rows = Rows(5, 500, 3);

        LogisticModel one = new LogisticTrainer(new LogisticOptions { Threads = 1 }).Train(rows);
        LogisticModel many = new LogisticTrainer(new LogisticOptions { Threads = 5 }).Train(rows);

        Assert.Equal(one.Weights.ToArray(), many.Weights.ToArray());
        Assert.Equal(one.Bias, many.Bias);
    }

    [Fact]
    public void Train_ScaledAndShiftedFeature_PredictsTheSame()
    {
        LabelledRows rows = Rows(6, 400, 3);
        float[] moved = [.. Enumerable.Range(0, rows.Count).SelectMany(i => rows[i].ToArray().Select(x => (x * 64) + 512))];

        LogisticModel plain = new LogisticTrainer().Train(rows);
        LogisticModel other = new LogisticTrainer().Train(new LabelledRows(moved, 3, rows.Labels.ToArray()));

        Assert.Equal(plain.Predict(rows[0]), other.Predict([.. rows[0].ToArray().Select(x => (x * 64) + 512)]), 4);
        Assert.Equal(plain.Weights[0], other.Weights[0] * 64, 4);
    }

    [Fact]
    public void Train_SeparableRowsOrEqualColumns_StaysFinite()
    {
        var rows = new LabelledRows(new float[] { -1, -1, -2, -2, 1, 1, 2, 2 }, 2, new float[] { 0, 0, 1, 1 });

        LogisticModel ridged = new LogisticTrainer().Train(rows);
        LogisticModel free = new LogisticTrainer(new LogisticOptions { Regularisation = 0 }).Train(rows);

        Assert.Equal(ridged.Weights[0], ridged.Weights[1], 6);
        Assert.True(double.IsFinite(free.Bias) && free.Predict([2, 2]) > 0.99 && free.Predict([-2, -2]) < 0.01);
    }

    [Fact]
    public void Train_MissingFeatures_StandInByMeanOrOwnWeight()
    {
        // Absence means yes; presence says nothing.
        float[] features = [.. Enumerable.Range(0, 200).Select(i => i < 50 ? float.NaN : i % 2)];
        float[] labels = [.. Enumerable.Range(0, 200).Select(i => i < 50 || i % 4 < 2 ? 1f : 0)];
        var rows = new LabelledRows(features, 1, labels);

        LogisticModel mean = new LogisticTrainer().Train(rows);
        var options = new LogisticOptions { Missing = MissingFeatures.OwnWeight, Regularisation = 0.01 };
        LogisticModel own = new LogisticTrainer(options).Train(rows);

        Assert.Equal(mean.Predict([0.5f]), mean.Predict([float.NaN]), 6);
        Assert.True(own.Predict([float.NaN]) > 0.99);
        Assert.Equal(0.5, own.Predict([1]), 1);
    }

    [Theory]
    [InlineData(MissingFeatures.Mean)]
    [InlineData(MissingFeatures.OwnWeight)]
    public void ToLinearModel_ServedByARanker_GivesTheSameLogOdds(MissingFeatures missing)
    {
        LabelledRows full = Rows(9, 400, 3);
        float[] features = [.. Enumerable.Range(0, 1200).Select(i => i % 7 == 0 ? float.NaN : full[i / 3][i % 3])];
        var rows = new LabelledRows(features, 3, full.Labels.ToArray());
        LogisticModel model = new LogisticTrainer(new LogisticOptions { Missing = missing }).Train(rows);
        LinearModel linear = model.ToLinearModel(Layout, "m", "1");
        _ = new LinearRanker(linear, Layout);

        for (int row = 0; row < 50; row++)
        {
            ReadOnlySpan<float> of = features.AsSpan(row * 3, 3);
            double sum = linear.Bias;
            for (int i = 0; i < 3; i++)
            {
                FeatureWeight weight = linear.Weights[i];
                sum += (double)weight.Weight * (float.IsNaN(of[i]) ? weight.Missing : of[i]);
            }

            Assert.Equal(model.LogOdds(of), sum, 4);
        }

        Assert.Equal(Layout.Hash, linear.LayoutHash);
    }

    [Fact]
    public void ToLinearModel_AbsenceThatAloneMatters_IsKept()
    {
        float[] features = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? float.NaN : 1)];
        float[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 40 || i > 90 ? 1f : 0)];
        LogisticModel model = new LogisticTrainer(new LogisticOptions { Missing = MissingFeatures.OwnWeight })
            .Train(new LabelledRows(features, 1, labels));
        var layout = new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title));

        LinearModel linear = model.ToLinearModel(layout, "m", "1");

        Assert.Equal(0, model.Weights[0]);
        Assert.Equal(model.LogOdds([float.NaN]), linear.Bias + (linear.Weights[0].Weight * linear.Weights[0].Missing), 4);
        Assert.Equal(model.LogOdds([1]), linear.Bias + linear.Weights[0].Weight, 4);
    }

    [Fact]
    public void Train_TooManyColumnsOrNoRows_Refuses()
    {
        var trainer = new LogisticTrainer(new LogisticOptions { MaxColumns = 3 });

        Assert.Throws<ArgumentException>(() => trainer.Train(Rows(1, 10, 3)));
        Assert.Throws<ArgumentException>(() => trainer.Train(new LabelledRows(default, 1, default)));
        Assert.Throws<ArgumentException>(() => new LabelledRows(new[] { float.PositiveInfinity }, 1, new float[] { 1 }));
        Assert.Throws<ArgumentException>(() => new LabelledRows(new float[1], 1, new float[] { 2 }));
    }

    [Fact]
    public void Train_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(() =>
        new LogisticTrainer().Train(Rows(1, 10, 3), cancellation: new CancellationToken(canceled: true)));

    internal static LabelledRows Rows(int seed, int count, int columns)
    {
        var random = new Random(seed);
        var features = new float[count * columns];
        var labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            double logOdds = -0.5;
            for (int i = 0; i < columns; i++)
            {
                float feature = (float)((random.NextDouble() * 4) - 2);
                features[(row * columns) + i] = feature;
                logOdds += feature * (i + 1) * 0.4;
            }

            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
        }

        return new LabelledRows(features, columns, labels);
    }

    private static void AssertNear(LogisticModel left, LogisticModel right, double tolerance)
    {
        Assert.Equal(left.Bias, right.Bias, tolerance);
        for (int i = 0; i < left.Weights.Length; i++)
        {
            Assert.Equal(left.Weights[i], right.Weights[i], tolerance);
        }
    }
}
