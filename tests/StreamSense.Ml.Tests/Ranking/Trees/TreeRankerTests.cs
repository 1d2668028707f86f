using StreamSense.Contracts.Ranking;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Ranking.Trees;

public sealed class TreeRankerTests : RankerContract
{
    // Another order than the ensemble's, and one feature that it does not read.
    private static readonly FeatureLayout Layout = new(
        [.. new[] { "f3", "f1", "extra", "f0", "f4", "f2" }.Select(name => new FeatureDefinition(name, FeatureScope.Title))]);

    private static readonly TreeEnsemble Ensemble = new TreeScene(3).Ensemble(trees: 60, mostLeaves: 20);

    protected override IRanker CreateRanker() => new TreeRanker(Ensemble, "trees", "1", Layout);

    [Fact]
    public void Score_OtherOrderOfColumns_GoesByName()
    {
        const int count = 70;
        float[] columns = new TreeScene(8).Numbers(count * Layout.Count, Ensemble);
        float[] own = [.. Ensemble.FeatureNames.SelectMany(name => columns.Skip(Layout.IndexOf(name) * count).Take(count))];
        var expected = new double[count];
        TreeTraversal.Score(Ensemble, TreeRows.FromColumns(own, count, 5), expected, TreeOutput.Sum);
        var scores = new float[count];

        IRanker ranker = CreateRanker();
        ranker.Score(default, new CandidateBatch(Titles(count), columns, Layout), scores, new byte[ranker.ScratchBytes(count)]);

        Assert.Equal(expected.Select(score => (float)score), scores);
    }

    [Fact]
    public void Constructor_FeatureThatTheLayoutLacks_NamesIt()
    {
        var layout = new FeatureLayout(new FeatureDefinition("f0", FeatureScope.Title));

        Assert.Contains(
            "f1", Assert.Throws<ArgumentException>(() => new TreeRanker(Ensemble, "trees", "1", layout)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_SmallTrees_GivesShapleyValues()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var scene = new TreeScene(seed) { ZeroShare = 0 };
            TreeEnsemble ensemble = scene.Ensemble(trees: 3, mostLeaves: 12);
            float[] row = scene.Numbers(5);
            var ranker = new TreeRanker(
                ensemble,
                "trees",
                "1",
                new FeatureLayout([.. ensemble.FeatureNames.Select(name => new FeatureDefinition(name, FeatureScope.Title))]));
            var contributions = new float[5];
            ranker.Explain(default, new CandidateBatch(Titles(1), row, ranker.Layout), 0, contributions);

            for (int feature = 0; feature < 5; feature++)
            {
                Assert.Equal(Shapley(ensemble, row, feature), contributions[feature], 1e-5);
            }
        }
    }

    [Fact]
    public void Explain_TreeTooDeepForShapley_StillAddsUp()
    {
        TreeSplit[] chain =
            [.. Enumerable.Range(0, 90).Select(i => new TreeSplit(i % 2, i, ~i, i == 89 ? ~90 : i + 1, MissingLeft: false))];
        var ensemble = new TreeEnsemble(["a", "b"], [new DecisionTree([.. chain], [.. Enumerable.Range(0, 91).Select(i => i / 7.0)])]);
        var layout = new FeatureLayout(new FeatureDefinition("a", FeatureScope.Title), new FeatureDefinition("b", FeatureScope.Title));
        var ranker = new TreeRanker(ensemble, "chain", "1", layout);
        var batch = new float[] { 40.5f, 33 };
        var scores = new float[1];
        var contributions = new float[2];

        ranker.Score(default, new CandidateBatch(Titles(1), batch, layout), scores, new byte[ranker.ScratchBytes(1)]);
        ranker.Explain(default, new CandidateBatch(Titles(1), batch, layout), 0, contributions);

        Assert.Equal(35 / 7.0, scores[0], 1e-6);
        Assert.Equal(scores[0], ranker.Intercept + contributions.Sum(), 1e-4);
    }

    // By its definition: the mean over all orders of features of what knowing this one changes.
    private static double Shapley(TreeEnsemble ensemble, float[] row, int feature)
    {
        double[] factorials = [1, 1, 2, 6, 24, 120];
        double value = 0;
        for (int set = 0; set < 32; set++)
        {
            if ((set & (1 << feature)) == 0)
            {
                int size = int.PopCount(set);
                double weight = factorials[size] * factorials[4 - size] / factorials[5];
                value += weight * ensemble.Trees.Sum(tree => Expected(tree, row, set | (1 << feature)) - Expected(tree, row, set));
            }
        }

        return value;
    }

    private static double Expected(DecisionTree tree, float[] row, int known)
    {
        double total = tree.LeafCovers.Sum();
        return tree.Splits.IsEmpty ? tree.Leaves[0] : Of(0).Value;

        (double Value, double Cover) Of(int node)
        {
            if (node < 0)
            {
                return (tree.Leaves[~node], total > 0 ? Math.Max(tree.LeafCovers[~node], total * 1e-12) : 1);
            }

            TreeSplit split = tree.Splits[node];
            (double left, double leftCover) = Of(split.Left);
            (double right, double rightCover) = Of(split.Right);
            double cover = leftCover + rightCover;
            return (known & (1 << split.Feature)) == 0 ? (((left * leftCover) + (right * rightCover)) / cover, cover)
                : TreeTraversal.GoesLeft(tree, split, row[split.Feature]) ? (left, cover) : (right, cover);
        }
    }

    private static TitleId[] Titles(int count) => [.. Enumerable.Range(1, count).Select(i => new TitleId((ulong)i))];
}
