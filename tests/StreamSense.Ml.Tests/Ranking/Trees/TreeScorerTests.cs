using FsCheck;
using FsCheck.Fluent;
using StreamSense.Contracts;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Ranking.Trees;

public sealed class TreeScorerTests
{
    private static readonly TreeWidth[] _widths = [TreeWidth.Portable, TreeWidth.Bits256, TreeWidth.Bits512];

    [Fact]
    public void Score_AnyEnsembleAndBatch_HasTheBitsOfTheTraversal() => Prop.ForAll<int, byte, byte>((seed, leaves, rows) =>
    {
        var scene = new TreeScene(seed);
        var arithmetic = (TreeArithmetic)(seed & 1);
        AssertSame(scene, scene.Ensemble(trees: 1 + (rows % 19), mostLeaves: 1 + (leaves / 3), arithmetic), rows * 2);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(257)]
    [InlineData(700)]
    public void Score_TreesOfAnySize_HasTheBitsOfTheTraversal(int leaves)
    {
        var scene = new TreeScene(leaves);

        AssertSame(scene, scene.Ensemble(trees: 9, leaves), rows: 150);
        AssertSame(scene, scene.Ensemble(trees: 9, leaves, TreeArithmetic.Double), rows: 150);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1200)]
    public void Score_AnyNumberOfThresholds_HasTheBitsOfTheTraversal(int thresholds)
    {
        var scene = new TreeScene(thresholds) { Features = 1, Thresholds = thresholds * 2, CategoricalShare = 0 };
        DecisionTree[] stumps = [.. Enumerable.Range(0, thresholds).Select(i => new DecisionTree(
            [new TreeSplit(0, i / 8f, ~0, ~1, MissingLeft: i % 3 == 0) { ZeroIsMissing = i % 7 == 0 }], [i, -i / 3.0]))];
        var ensemble = new TreeEnsemble(["x"], [.. stumps]);

        AssertSame(scene, ensemble, rows: 300);
        AssertSame(scene, scene.Ensemble(trees: 20, mostLeaves: 200), rows: 300);
    }

    [Fact]
    public void Score_RowsOrColumns_GivesTheSame()
    {
        var scene = new TreeScene(5);
        TreeEnsemble ensemble = scene.Ensemble(trees: 30, mostLeaves: 40);
        const int count = 333;
        float[] columns = scene.Numbers(count * 5, ensemble);
        float[] rows = [.. Enumerable.Range(0, count * 5).Select(i => columns[(i % 5 * count) + (i / 5)])];
        var scorer = new TreeScorer(ensemble);
        var scratch = new byte[scorer.ScratchBytes(count)];
        var byColumns = new float[count];
        var byRows = new float[count];

        scorer.Score(TreeRows.FromColumns(columns, count, 5), byColumns, scratch);
        scorer.Score(TreeRows.FromRows(rows, count, 5), byRows, scratch);

        Assert.Equal(byColumns, byRows);
    }

    [Fact]
    public void Score_NoTrees_IsTheBaseScore()
    {
        var scorer = new TreeScorer(new TreeEnsemble(["x"], []) { BaseScore = 0.25 });
        var scores = new double[3];

        scorer.Score(TreeRows.FromRows([1, float.NaN, 3], 3, 1), scores, new byte[scorer.ScratchBytes(3)]);

        Assert.Equal([0.25, 0.25, 0.25], scores);
    }

    [Theory]
    [InlineData(TreeLink.Identity, 2.0)]
    [InlineData(TreeLink.Logistic, 0.9525741268224334)]
    [InlineData(TreeLink.Exponential, 20.085536923187668)]
    public void Score_Link_IsAppliedToTheScaledSum(TreeLink link, double expected)
    {
        var scorer = new TreeScorer(new TreeEnsemble([], [new DecisionTree([], [1.5])])
        {
            BaseScore = 0.5,
            Link = link,
            LinkScale = 1.5,
            Arithmetic = TreeArithmetic.Double,
        });
        var answer = new double[1];
        var sum = new double[1];

        scorer.Score(TreeRows.FromRows([], 1, 0), answer, new byte[scorer.ScratchBytes(1)]);
        scorer.Score(TreeRows.FromRows([], 1, 0), sum, new byte[scorer.ScratchBytes(1)], TreeOutput.Sum);

        Assert.Equal(expected, answer[0], 1e-15 * expected);
        Assert.Equal(2, sum[0]);
    }

    [Theory]
    [InlineData(3e38, TreeArithmetic.Single)]
    [InlineData(1e308, TreeArithmetic.Double)]
    public void Constructor_LeavesThatAddUpBeyondRange_Refuses(double leaf, TreeArithmetic arithmetic) =>
        Assert.Throws<ArgumentException>(() => new TreeScorer(
            new TreeEnsemble(["x"], [new DecisionTree([], [leaf]), new DecisionTree([], [-leaf])]) { Arithmetic = arithmetic }));

    [Fact]
    public void Score_TooLittleRoomOrOtherFeatures_Refuses()
    {
        var scorer = new TreeScorer(new TreeScene(1).Ensemble(3, 8));
        var scratch = new byte[scorer.ScratchBytes(2)];

        Assert.Throws<ArgumentException>(() => scorer.Score(TreeRows.FromRows(new float[10], 2, 5), new float[1], scratch));
        Assert.Throws<ArgumentException>(() => scorer.Score(TreeRows.FromRows(new float[10], 2, 5), new float[2], scratch[1..]));
        Assert.Throws<ArgumentException>(() => scorer.Score(TreeRows.FromRows(new float[8], 2, 4), new float[2], scratch));
        Assert.Throws<ArgumentException>(() => TreeRows.FromRows(new float[9], 2, 5));
    }

    [Fact]
    public void ScratchBytes_ManyRows_IsBounded()
    {
        var scorer = new TreeScorer(new TreeScene(1).Ensemble(50, 60));

        Assert.Equal(scorer.ScratchBytes(1000), scorer.ScratchBytes(int.MaxValue));
        Assert.InRange(scorer.ScratchBytes(10_000), 1, 200_000);
    }

    [Fact]
    public void Score_Warm_AllocatesNothing()
    {
        var scene = new TreeScene(9);
        TreeEnsemble ensemble = scene.Ensemble(40, 300);
        float[] numbers = scene.Numbers(5 * 100);
        var scores = new float[100];
        Assert.All(_widths, width =>
        {
            var scorer = new TreeScorer(ensemble, width);
            var scratch = new byte[scorer.ScratchBytes(100)];

            Assert.Equal(0, Allocations.Least(() => scorer.Score(TreeRows.FromColumns(numbers, 100, 5), scores, scratch), rounds: 20));
        });
    }

    private static void AssertSame(TreeScene scene, TreeEnsemble ensemble, int rows)
    {
        int features = ensemble.FeatureNames.Length;
        float[] numbers = scene.Numbers(rows * features, ensemble);
        foreach (TreeOutput output in (ReadOnlySpan<TreeOutput>)[TreeOutput.Answer, TreeOutput.Sum])
        {
            var expected = new double[rows];
            TreeTraversal.Score(ensemble, TreeRows.FromColumns(numbers, rows, features), expected, output);
            foreach (TreeWidth width in _widths)
            {
                var scorer = new TreeScorer(ensemble, width);
                var scratch = new byte[scorer.ScratchBytes(rows)];
                Array.Fill(scratch, (byte)0xff);
                var scores = new double[rows];
                scorer.Score(TreeRows.FromColumns(numbers, rows, features), scores, scratch, output);
                Assert.Equal(Bits(expected), Bits(scores));
            }
        }
    }

    private static long[] Bits(double[] scores) => [.. scores.Select(BitConverter.DoubleToInt64Bits)];
}
