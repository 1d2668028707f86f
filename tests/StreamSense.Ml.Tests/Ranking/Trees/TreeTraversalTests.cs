using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Ranking.Trees;

public sealed class TreeTraversalTests
{
    [Theory]
    [InlineData(0.99f, 1)]
    [InlineData(1f, 2)]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 2)]
    [InlineData(float.NegativeInfinity, 1)]
    public void Score_NumericalSplit_SendsLesserLeft(float value, double leaf) =>
        Assert.Equal(leaf, Score(new TreeSplit(0, 1, ~0, ~1, MissingLeft: true), value));

    [Theory]
    [InlineData(0f)]
    [InlineData(-1e-36f)]
    [InlineData(1e-35f)]
    [InlineData(float.NaN)]
    public void Score_ZeroIsMissing_SendsZeroWhereMissingGoes(float value)
    {
        var split = new TreeSplit(0, 1, ~0, ~1, MissingLeft: false) { ZeroIsMissing = true };

        Assert.Equal(2, Score(split, value));
        Assert.Equal(1, Score(split with { MissingLeft = true, Threshold = -1 }, value));
        Assert.Equal(1, Score(split, 1.1e-35f));
    }

    [Theory]
    [InlineData(3f, 1)]
    [InlineData(3.9f, 1)]
    [InlineData(70f, 1)]
    [InlineData(4f, 2)]
    [InlineData(128f, 2)]
    [InlineData(1e30f, 2)]
    [InlineData(float.PositiveInfinity, 2)]
    [InlineData(-1f, 1)]
    [InlineData(float.NaN, 1)]
    public void Score_CategoricalSplit_SendsItsSetLeft(float value, double leaf) =>
        Assert.Equal(leaf, Score(new TreeSplit(0, 0, ~0, ~1, MissingLeft: true, Categories: 0), value));

    [Fact]
    public void LeafOf_TreeWithoutSplit_IsItsLeaf() =>
        Assert.Equal(0, TreeTraversal.LeafOf(new DecisionTree([], [7]), TreeRows.FromRows([], 1, 0), 0));

    [Fact]
    public void Constructor_CoversOfOtherLeaves_Refuses()
    {
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(["x"], [new DecisionTree([], [7]) { LeafCovers = [1, 2] }]));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(["x"], [new DecisionTree([], [7]) { LeafCovers = [-1] }]));
    }

    private static double Score(TreeSplit split, float value)
    {
        var tree = new DecisionTree([split], [1, 2]) { Categories = [new TreeCategories([1ul << 3, 1ul << 6])] };
        var scores = new double[1];
        TreeTraversal.Score(new TreeEnsemble(["x"], [tree]), TreeRows.FromRows([value], 1, 1), scores);
        return scores[0];
    }
}
