using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

/// <summary>Rows to learn from, and what a model answers for them by the plainest traversal there is.</summary>
internal static class Rows
{
    /// <summary>Features by column.</summary>
    public static BoostingData Of(float[][] columns, float[] labels) =>
        new(
            [.. Enumerable.Range(0, columns.Length).Select(feature => $"f{feature}")],
            [.. columns.Select(column => (ReadOnlyMemory<float>)column)],
            labels);

    /// <summary>Random features: many values, few values, missing values, and infinities.</summary>
    public static float[][] Mixed(int rows, int features, int seed)
    {
        var random = new Random(seed);
        var columns = new float[features][];
        for (int feature = 0; feature < features; feature++)
        {
            int kind = feature % 4;
            columns[feature] = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                double drawn = (random.NextDouble() * 2) - 1;
                columns[feature][row] = kind switch
                {
                    1 => random.NextDouble() < 0.3 ? float.NaN : (float)drawn,
                    2 => random.Next(5),
                    3 => random.Next(40) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, _ => (float)drawn },
                    _ => (float)drawn,
                };
            }
        }

        return columns;
    }

    /// <summary>A number that hangs on a product, a step and a missing value, with noise.</summary>
    public static float[] Target(float[][] columns, int seed)
    {
        var random = new Random(seed);
        var labels = new float[columns[0].Length];
        for (int row = 0; row < labels.Length; row++)
        {
            double sum = 3 * columns[0][row] * columns[4][row];
            sum += float.IsNaN(columns[1][row]) ? 1 : columns[1][row];
            sum += columns[2][row] >= 3 ? 1 : 0;
            labels[row] = (float)(sum + (0.3 * (random.NextDouble() - 0.5)));
        }

        return labels;
    }

    /// <summary>The scores of all rows, before the link.</summary>
    public static float[] Score(TreeEnsemble ensemble, BoostingData data)
    {
        var scores = new float[data.Rows];
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = (float)ensemble.BaseScore;
            foreach (DecisionTree tree in ensemble.Trees)
            {
                scores[row] += (float)tree.Leaves[LeafOf(tree, data, row)];
            }
        }

        return scores;
    }

    /// <summary>The mean of the squared errors.</summary>
    public static double SquaredError(TreeEnsemble ensemble, BoostingData data)
    {
        float[] labels = data.Labels.ToArray();
        return Score(ensemble, data).Zip(labels, (score, label) => Math.Pow(score - label, 2)).Average();
    }

    /// <summary>The area under the ROC curve.</summary>
    public static double Auc(float[] scores, float[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(row => scores[row])];
        double ranks = 0;
        double positives = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]])
            {
                end++;
            }

            double rank = (start + 1 + end) / 2.0;
            int found = order[start..end].Count(row => labels[row] > 0.5);
            ranks += found * rank;
            positives += found;
            start = end;
        }

        return (ranks - (positives * (positives + 1) / 2)) / (positives * (scores.Length - positives));
    }

    /// <summary>A text that two ensembles share if and only if they are the same.</summary>
    public static string Text(TreeEnsemble ensemble)
    {
        IEnumerable<string> trees = ensemble.Trees.Select(tree => string.Join(
            '|',
            tree.Splits.Select(split => $"{split.Feature},{BitConverter.SingleToInt32Bits(split.Threshold)},{split.Left},{split.Right},"
                + $"{split.MissingLeft},{split.Categories}")
            .Concat(tree.Leaves.Select(leaf => BitConverter.DoubleToInt64Bits(leaf).ToString()))
            .Concat(tree.Categories.Select(set => string.Join(',', set.Bits)))));
        return $"{BitConverter.DoubleToInt64Bits(ensemble.BaseScore)}\n" + string.Join('\n', trees);
    }

    private static int LeafOf(DecisionTree tree, BoostingData data, int row)
    {
        int node = tree.Splits.IsEmpty ? ~0 : 0;
        while (node >= 0)
        {
            TreeSplit split = tree.Splits[node];
            float value = data.Column(split.Feature)[row];
            bool isCategory = value >= 0 && float.IsInteger(value);
            bool isMissing = float.IsNaN(value) || (split.IsCategorical && !isCategory);
            bool left = isMissing ? split.MissingLeft
                : split.IsCategorical ? tree.Categories[split.Categories].Contains((int)value)
                : value < split.Threshold;
            node = left ? split.Left : split.Right;
        }

        return ~node;
    }
}
