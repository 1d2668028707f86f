using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

public sealed class BoostingSplitTests
{
    private static readonly BoostingOptions OneTree = new()
    {
        Trees = 1, LearningRate = 1, MaxLeaves = 2, MinRowsPerLeaf = 1, L2 = 0, RowSample = 1, FeatureSample = 1, MaxDepth = 0,
    };

    [Fact]
    public void Train_OfAStep_SplitsAtItAndAnswersTheMeans()
    {
        TreeEnsemble ensemble = Fit(OneTree, [[1, 2, 3, 4]], [0, 0, 6, 10]);

        TreeSplit split = Assert.Single(ensemble.Trees[0].Splits);
        Assert.Equal(2.5f, split.Threshold);
        Assert.Equal(4, ensemble.BaseScore);
        Assert.Equal([-4.0, 4.0], ensemble.Trees[0].Leaves.ToArray());
    }

    [Fact]
    public void Train_WithL2AndLearningRate_ShrinksTheLeaves()
    {
        TreeEnsemble ensemble = Fit(OneTree with { L2 = 2, LearningRate = 0.5 }, [[1, 2, 3, 4]], [0, 0, 6, 10]);

        // G = 8, H = 2: 0.5 · 8 / (2 + 2).
        Assert.Equal([-1.0, 1.0], ensemble.Trees[0].Leaves.ToArray());
    }

    [Fact]
    public void Train_OfMissingValuesThatActLikeTheLeft_SendsThemLeft()
    {
        float[] column = [1, 2, 3, 4, float.NaN, float.NaN];

        TreeSplit low = Assert.Single(Fit(OneTree, [column], [0, 0, 5, 5, 0, 0]).Trees[0].Splits);
        TreeSplit high = Assert.Single(Fit(OneTree, [column], [0, 0, 5, 5, 5, 5]).Trees[0].Splits);

        Assert.Equal((2.5f, true), (low.Threshold, low.MissingLeft));
        Assert.Equal((2.5f, false), (high.Threshold, high.MissingLeft));
    }

    [Fact]
    public void Train_OfMissingValuesThatAreApart_SplitsThemOffFromEveryValue()
    {
        float[] column = [1, float.PositiveInfinity, float.NegativeInfinity, 4, float.NaN, float.NaN];

        TreeEnsemble ensemble = Fit(OneTree, [column], [0, 0, 0, 0, 6, 6]);

        Assert.Equal([0, 0, 0, 0, 6, 6], Rows.Score(ensemble, Rows.Of([column], new float[6])));
    }

    [Fact]
    public void Train_OfAFeatureThatNeverMisses_SendsMissingValuesWithMostRows()
    {
        TreeSplit split = Assert.Single(Fit(OneTree, [[1, 2, 3, 4]], [0, 0, 0, 9]).Trees[0].Splits);

        Assert.Equal((3.5f, true), (split.Threshold, split.MissingLeft));
    }

    [Fact]
    public void Train_WithFewRowsALeaf_DoesNotGoBelow()
    {
        TreeEnsemble ensemble = Fit(OneTree with { MinRowsPerLeaf = 2 }, [[1, 2, 3, 4, 5]], [9, 0, 0, 0, 0]);

        Assert.Equal(2.5f, Assert.Single(ensemble.Trees[0].Splits).Threshold);
        Assert.Empty(Fit(OneTree with { MinRowsPerLeaf = 3 }, [[1, 2, 3, 4, 5]], [9, 0, 0, 0, 0]).Trees[0].Splits);
    }

    [Fact]
    public void Train_WithMoreLeaves_SplitsTheOneThatGainsMost()
    {
        TreeEnsemble ensemble = Fit(OneTree with { MaxLeaves = 3 }, [[1, 2, 3, 4]], [0, 1, 10, 30]);

        // The first threshold parts {0, 1, 10} from {30}, the second {0, 1} from {10}.
        Assert.Equal([3.5f, 2.5f], ensemble.Trees[0].Splits.Select(split => split.Threshold));
        Assert.Equal([0.5f, 0.5f, 10, 30], Rows.Score(ensemble, Rows.Of([[1, 2, 3, 4]], new float[4])));
    }

    [Fact]
    public void Train_WithADepth_AsksNoMoreQuestionsThanThat()
    {
        float[] column = [.. Enumerable.Range(0, 64).Select(row => (float)row)];
        float[] labels = [.. column.Select(value => MathF.Exp(value / 4))];

        TreeEnsemble ensemble = Fit(OneTree with { MaxLeaves = 64, MaxDepth = 2 }, [column], labels);

        Assert.InRange(ensemble.Trees[0].Leaves.Length, 3, 4);
    }

    [Fact]
    public void Train_OfTheSameLabelEverywhere_AsksNothing()
    {
        TreeEnsemble ensemble = Fit(OneTree, [[1, 2, 3, 4]], [0.1f, 0.1f, 0.1f, 0.1f]);

        Assert.Empty(ensemble.Trees[0].Splits);
        Assert.All(Rows.Score(ensemble, Rows.Of([[1, 2]], new float[2])), score => Assert.Equal(0.1f, score));
    }

    [Fact]
    public void Train_WithWeights_CountsARowAsOftenAsItWeighs()
    {
        BoostingData twice = Rows.Of([[1, 1, 2, 3]], [4, 4, 0, 1]);
        var weighted = new BoostingData(["f0"], [new float[] { 1, 2, 3 }], new float[] { 4, 0, 1 }) { Weights = new float[] { 2, 1, 1 } };

        float[] expected = Rows.Score(new BoostingTrainer(OneTree).Train(twice).Ensemble, twice);
        float[] actual = Rows.Score(new BoostingTrainer(OneTree).Train(weighted).Ensemble, weighted);

        Assert.Equal(expected[1..], actual);
    }

    [Fact]
    public void Train_OfARandomRoot_FindsTheBestOfAllThresholds()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            float[][] columns = Rows.Mixed(300, 9, seed);
            float[] labels = Rows.Target(columns, seed);

            TreeEnsemble ensemble = Fit(OneTree with { MinRowsPerLeaf = 7, MaxBins = 255 }, columns, labels);

            Assert.Equal(Plainest.BestSplitError(columns, labels, 7), SumOfSquares(ensemble, columns, labels), 0.02);
        }
    }

    private static double SumOfSquares(TreeEnsemble ensemble, float[][] columns, float[] labels) =>
        Rows.SquaredError(ensemble, Rows.Of(columns, labels)) * labels.Length;

    private static TreeEnsemble Fit(BoostingOptions options, float[][] columns, float[] labels) =>
        new BoostingTrainer(options).Train(Rows.Of(columns, labels)).Ensemble;

    private static class Plainest
    {
        // Every threshold of every feature, with what is missing on either side, judged from the labels themselves.
        public static double BestSplitError(float[][] columns, float[] labels, int minRows)
        {
            double best = Error([.. labels]);
            foreach (float[] column in columns)
            {
                foreach (float threshold in column.Where(value => !float.IsNaN(value)).Distinct().Append(float.NegativeInfinity))
                {
                    best = Math.Min(best, Error(column, labels, value => value < threshold, minRows));
                    best = Math.Min(best, Error(column, labels, value => float.IsNaN(value) || value < threshold, minRows));
                }
            }

            return best;
        }

        private static double Error(float[] column, float[] labels, Func<float, bool> goesLeft, int minRows)
        {
            List<float> left = [.. labels.Where((_, row) => goesLeft(column[row]))];
            List<float> right = [.. labels.Where((_, row) => !goesLeft(column[row]))];
            return left.Count >= minRows && right.Count >= minRows ? Error(left) + Error(right) : double.PositiveInfinity;
        }

        private static double Error(List<float> labels)
        {
            double mean = labels.Average(label => (double)label);
            return labels.Sum(label => (label - mean) * (label - mean));
        }
    }
}
