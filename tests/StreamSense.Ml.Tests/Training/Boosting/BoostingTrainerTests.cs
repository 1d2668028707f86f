using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

public sealed class BoostingTrainerTests
{
    private const int Many = 4_000;

    [Theory]
    [InlineData(BoostingObjective.Squared)]
    [InlineData(BoostingObjective.Logistic)]
    [InlineData(BoostingObjective.LambdaMart)]
    public void Train_OnAnyNumberOfThreads_MakesTheSameBits(BoostingObjective objective)
    {
        BoostingData data = Data(objective, Many);
        var options = new BoostingOptions { Objective = objective, Trees = 15, MinRowsPerLeaf = 5 };

        string one = Rows.Text(new BoostingTrainer(options with { Threads = 1 }).Train(data).Ensemble);
        string five = Rows.Text(new BoostingTrainer(options with { Threads = 5 }).Train(data).Ensemble);

        Assert.Equal(one, five);
    }

    [Fact]
    public void Train_WithAnotherSeed_DrawsOthers()
    {
        BoostingData data = Data(BoostingObjective.Squared, 1_000);
        var options = new BoostingOptions { Trees = 5, RowSample = 0.7, FeatureSample = 0.7 };

        string first = Rows.Text(new BoostingTrainer(options with { Seed = 1 }).Train(data).Ensemble);
        string again = Rows.Text(new BoostingTrainer(options with { Seed = 1 }).Train(data).Ensemble);
        string other = Rows.Text(new BoostingTrainer(options with { Seed = 2 }).Train(data).Ensemble);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Train_OfRowsInAnotherOrder_MakesTheSameTrees()
    {
        float[][] columns = Rows.Mixed(1_000, 9, seed: 4);
        float[] labels = [.. Rows.Target(columns, seed: 4).Select(label => MathF.Round(label * 64) / 64)];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(9).Shuffle(order);
        var options = new BoostingOptions { Trees = 10, RowSample = 1 };

        TreeEnsemble straight = new BoostingTrainer(options).Train(Rows.Of(columns, labels)).Ensemble;
        TreeEnsemble shuffled = new BoostingTrainer(options)
            .Train(Rows.Of([.. columns.Select(column => Permuted(column, order))], Permuted(labels, order))).Ensemble;

        Assert.Equal(Rows.Text(straight), Rows.Text(shuffled));
    }

    [Theory]
    [InlineData(BoostingObjective.Squared, 1)]
    [InlineData(BoostingObjective.Logistic, 0.6)]
    public void Train_OfAnyRows_BelievesWhatTheTreesAnswer(BoostingObjective objective, double sample)
    {
        BoostingData data = Data(objective, 2_000, categorical: true);
        BoostingData validation = Data(objective, 500, categorical: true, seed: 77);
        var options = new BoostingOptions
        {
            Objective = objective, Trees = 30, RowSample = sample, FeatureSample = sample, MinRowsPerLeaf = 3, StopAfter = 0, MaxBins = 30,
        };
        var run = new BoostingRun(options, data, validation, CancellationToken.None);
        while (run.Trees.Count < options.Trees)
        {
            run.Grow();
        }

        var ensemble = new TreeEnsemble(data.FeatureNames, [.. run.Trees.Select(tree => tree.ToTree(run.Bins))])
        {
            BaseScore = run.BaseScore,
        };
        Assert.Equal(Rows.Score(ensemble, data), run.Scores.ToArray());
        BoostingLoss loss = BoostingLoss.Of(options, validation, new WorkSharing(1, default));
        Assert.Equal(loss.Mean(Rows.Score(ensemble, validation)), run.LastLoss);
        Assert.Contains(ensemble.Trees, tree => tree.Splits.Any(split => split.IsCategorical));
    }

    [Fact]
    public void Train_WithRoomForTwoHistograms_MakesTheSameTrees()
    {
        BoostingData data = Data(BoostingObjective.Squared, Many);
        var options = new BoostingOptions { Trees = 4, MinRowsPerLeaf = 5 };

        string roomy = Rows.Text(new BoostingTrainer(options).Train(data).Ensemble);
        string tight = Rows.Text(new BoostingTrainer(options with { MaxHistogramBytes = 0 }).Train(data).Ensemble);

        Assert.Equal(roomy, tight);
    }

    [Fact]
    public void Train_OfRandomRows_LearnsWhatIsThere()
    {
        BoostingData data = Data(BoostingObjective.Squared, Many);
        BoostingData fresh = Data(BoostingObjective.Squared, Many, seed: 50);
        double spread = fresh.Labels.ToArray().Select(label => Math.Pow(label - data.Labels.ToArray().Average(), 2)).Average();

        TreeEnsemble ensemble = new BoostingTrainer(new BoostingOptions()).Train(data).Ensemble;

        Assert.True(Rows.SquaredError(ensemble, fresh) < 0.1 * spread);
    }

    [Fact]
    public void Train_OfACornerAndItsOpposite_SeparatesWhatNoLineCan()
    {
        (BoostingData data, BoostingData fresh) = (Corners(2_000, 1), Corners(2_000, 2));

        TreeEnsemble ensemble = new BoostingTrainer(new BoostingOptions { Objective = BoostingObjective.Logistic }).Train(data).Ensemble;

        float[] labels = fresh.Labels.ToArray();
        float[] bestLine = [.. Enumerable.Range(0, fresh.Rows).Select(row => fresh.Column(0)[row] + fresh.Column(1)[row])];
        Assert.Equal(TreeLink.Logistic, ensemble.Link);
        Assert.True(Rows.Auc(Rows.Score(ensemble, fresh), labels) > 0.97);
        Assert.InRange(Rows.Auc(bestLine, labels), 0.4, 0.6);
    }

    [Fact]
    public void Train_OfManyCategories_BeatsAColumnForEach()
    {
        // Whether a row counts hangs on which half its category belongs to, and halves are mixed at random.
        var random = new Random(3);
        bool[] isGood = [.. Enumerable.Range(0, 40).Select(_ => random.Next(2) == 0)];
        float[] categories = [.. Enumerable.Range(0, 4_000).Select(_ => (float)random.Next(40))];
        float[] sides = [.. categories.Select(_ => (float)random.Next(2))];
        float[] labels = [.. categories.Zip(sides, (category, side) => isGood[(int)category] == (side == 1) ? 1f : 0f)];
        float[][] oneHot = [.. Enumerable.Range(0, 40).Select(wanted => categories.Select(c => c == wanted ? 1f : 0f).ToArray()), sides];
        var options = new BoostingOptions { Trees = 10, MaxLeaves = 4, RowSample = 1, FeatureSample = 1, LearningRate = 0.3 };
        BoostingData sets = new(["c", "s"], [categories, sides], labels) { CategoricalFeatures = [0] };

        double ofSets = Rows.SquaredError(new BoostingTrainer(options).Train(sets).Ensemble, sets);
        double ofColumns = Rows.SquaredError(new BoostingTrainer(options).Train(Rows.Of(oneHot, labels)).Ensemble, Rows.Of(oneHot, labels));

        Assert.True(ofSets < 0.5 * ofColumns, $"{ofSets} against {ofColumns}");
    }

    [Fact]
    public void Train_WithAValidationSet_StopsAndKeepsTheBest()
    {
        var random = new Random(1);
        float[][] columns = Rows.Mixed(300, 8, seed: 1);
        float[] noise = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextDouble())];
        float[] others = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextDouble())];
        BoostingData validation = Rows.Of(Rows.Mixed(300, 8, seed: 2), others);
        var options = new BoostingOptions { Trees = 500, StopAfter = 10, MinRowsPerLeaf = 2 };

        BoostedTrees model = new BoostingTrainer(options).Train(Rows.Of(columns, noise), validation);

        int best = Enumerable.Range(0, model.ValidationLosses.Length).MinBy(tree => model.ValidationLosses[tree]) + 1;
        Assert.Equal(best, model.Ensemble.Trees.Length);
        Assert.Equal(best + 10, model.ValidationLosses.Length);
        Assert.Equal(model.ValidationLosses[best - 1], Rows.SquaredError(model.Ensemble, validation), 1e-6);
    }

    [Fact]
    public void Train_OfGroups_PutsTheGoodFirst()
    {
        BoostingData data = Data(BoostingObjective.LambdaMart, Many);
        BoostingData fresh = Data(BoostingObjective.LambdaMart, Many, seed: 8);
        float[] unsorted = new float[fresh.Rows];

        TreeEnsemble ensemble = new BoostingTrainer(new BoostingOptions { Objective = BoostingObjective.LambdaMart }).Train(data).Ensemble;

        double learnt = GroupGain.MeanNdcg(Rows.Score(ensemble, fresh), fresh.Labels.Span, fresh.GroupSizes.AsSpan(), 10);
        double drawn = GroupGain.MeanNdcg(unsorted, fresh.Labels.Span, fresh.GroupSizes.AsSpan(), 10);
        Assert.True(learnt > 0.9, $"{learnt}");
        Assert.True(drawn < 0.7, $"{drawn}");
    }

    [Fact]
    public void Train_OfOneFeatureThatTells_SaysThatItGained()
    {
        BoostedTrees model = new BoostingTrainer(new BoostingOptions { Trees = 20 }).Train(Corners(1_000, 1));

        Assert.Equal(3, model.Gains.Length);
        Assert.True(model.Gains[0] > 10 * model.Gains[2]);
        Assert.True(model.Gains[1] > 10 * model.Gains[2]);
    }

    [Fact]
    public void Train_WhenCancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAfter(3, cancellation);

        Assert.Throws<OperationCanceledException>(() => new BoostingTrainer(new BoostingOptions())
            .Train(Data(BoostingObjective.Squared, 500), progress: progress, cancellation: cancellation.Token));
        Assert.Equal(3, progress.Told);
    }

    [Fact]
    public void Train_OfManyRows_StaysWithinTheMemoryThatIsStated()
    {
        const int Features = 16;
        BoostingData data = Rows.Of(Rows.Mixed(50_000, Features, 1), new float[50_000]);
        var options = new BoostingOptions { Trees = 2, Threads = 1, MaxHistogramBytes = 1 << 20 };
        new BoostingTrainer(options).Train(Rows.Of(Rows.Mixed(100, Features, 1), new float[100]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        new BoostingTrainer(options).Train(data);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Finding the bins of a feature takes 8 bytes a row, one feature after the other on one thread.
        long kept = (50_000L * ((2 * Features) + 40)) + (1 << 20);
        Assert.InRange(allocated, 0, kept + (50_000L * 8 * Features * 2));
    }

    [Theory]
    [InlineData(BoostingObjective.Logistic, 2f)]
    [InlineData(BoostingObjective.LambdaMart, 0.5f)]
    [InlineData(BoostingObjective.LambdaMart, 31f)]
    public void Train_OfLabelsThatDoNotFit_Throws(BoostingObjective objective, float label)
    {
        var data = new BoostingData(["x"], [new float[] { 1, 2 }], new[] { 0, label }) { GroupSizes = [2] };

        Assert.Throws<ArgumentException>(() => new BoostingTrainer(new BoostingOptions { Objective = objective }).Train(data));
    }

    [Fact]
    public void Train_OfDataThatDoNotFit_Throws()
    {
        var trainer = new BoostingTrainer(new BoostingOptions { Objective = BoostingObjective.LambdaMart });
        float[] two = [1, 0];

        Assert.Throws<ArgumentException>(() => trainer.Train(new BoostingData(["x"], [two], two)));
        Assert.Throws<ArgumentException>(() => trainer.Train(new BoostingData(["x"], [two], two) { GroupSizes = [1] }));
        Assert.Throws<ArgumentException>(
            () => trainer.Train(new BoostingData(["x"], [two], two) { GroupSizes = [2], Weights = new float[1] }));
        Assert.Throws<ArgumentException>(
            () => trainer.Train(new BoostingData(["x"], [two], two) { GroupSizes = [2], CategoricalFeatures = [1] }));
        Assert.Throws<ArgumentException>(() => new BoostingData(["x"], [two], new float[3]));
        Assert.Throws<ArgumentException>(() => new BoostingData(["x"], [two], new[] { 0, float.NaN }));
        Assert.Throws<ArgumentException>(() => new BoostingData([], [], two));
        Assert.Throws<ArgumentException>(() => BoostingData.FromRows(["x"], [1, 2, 3], [1]));
    }

    [Fact]
    public void Validate_OfADefault_Passes() => new BoostingOptions().Validate();

    [Fact]
    public void Validate_OfAValueOutOfRange_NamesIt()
    {
        Assert.Equal("LearningRate", Refused(new BoostingOptions { LearningRate = 0 }));
        Assert.Equal("MaxBins", Refused(new BoostingOptions { MaxBins = 256 }));
        Assert.Equal("RowSample", Refused(new BoostingOptions { RowSample = double.NaN }));
        Assert.Equal("MaxLeaves", Refused(new BoostingOptions { MaxLeaves = 1 }));
        Assert.Equal("L2", Refused(new BoostingOptions { L2 = double.PositiveInfinity }));
    }

    private static string? Refused(BoostingOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName;

    private static float[] Permuted(float[] values, int[] order) => [.. order.Select(row => values[row])];

    private static BoostingData Data(BoostingObjective objective, int rows, bool categorical = false, int seed = 4)
    {
        float[][] columns = Rows.Mixed(rows, 9, seed);
        float[] target = Rows.Target(columns, seed);
        float[] labels = objective switch
        {
            BoostingObjective.Logistic => [.. target.Select(label => label > 1 ? 1f : 0f)],
            BoostingObjective.LambdaMart => [.. target.Select(label => Math.Clamp(MathF.Floor(label), 0, 4))],
            _ => target,
        };
        BoostingData data = Rows.Of(columns, labels);
        return new BoostingData(data.FeatureNames, [.. columns.Select(column => (ReadOnlyMemory<float>)column)], labels)
        {
            GroupSizes = [.. Enumerable.Repeat(20, rows / 20)],
            CategoricalFeatures = categorical ? [2, 6] : [],
        };
    }

    private static BoostingData Corners(int rows, int seed)
    {
        float[][] columns = Rows.Mixed(rows, 9, seed);
        float[] labels = [.. columns[0].Zip(columns[4], (x, y) => x * y > 0 ? 1f : 0f)];
        return Rows.Of([columns[0], columns[4], columns[8]], labels);
    }

    private sealed class CancelAfter(int trees, CancellationTokenSource cancellation) : IProgress<TrainProgress>
    {
        public int Told { get; private set; }

        public void Report(TrainProgress value)
        {
            Told = value.Done;
            Assert.Equal("tree", value.Stage);
            if (value.Done == trees)
            {
                cancellation.Cancel();
            }
        }
    }
}
