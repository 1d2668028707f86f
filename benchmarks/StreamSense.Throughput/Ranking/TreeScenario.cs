using StreamSense.Ml.Ranking.Trees;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Ranking;

/// <summary>Scoring by trees, beside XGBoost's C API on one thread, and beside the loop that one writes first.</summary>
/// <remarks>
/// Ours takes features in columns, as candidates have them, and XGBoost in rows, as it wants them; both end to end, from numbers to
/// scores. Without XGBoost on the machine its row is not there, and the trees are random.
/// </remarks>
public sealed class TreeScenario : IScenario
{
    private const int Features = 50;
    private const int Trees = 500;
    private const int Depth = 6;
    private const int TrainingRows = 3_000;

    /// <inheritdoc/>
    public string Name => "tree-score";

    /// <inheritdoc/>
    public string Summary => $"Rows of {Features} features scored by {Trees} trees of depth {Depth}";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var random = new Random(1);
        float[] rows = Numbers(random, TrainingRows);
        float[] labels = [.. Enumerable.Range(0, TrainingRows).Select(row => Label(rows.AsSpan(row * Features, Features), random))];
        TreeXgboost? xgboost = TreeXgboost.Train(rows, labels, Features, Trees);
        TreeEnsemble ensemble = xgboost?.Export() ?? RandomEnsemble(random);
        return new ThroughputRunner(options).Run(this,
        [
            Case("500 rows", ensemble, xgboost, Numbers(random, 500), floor: 4),
            Case("100 rows", ensemble, xgboost, Numbers(random, 100), floor: 3),
            Case("1 row", ensemble, xgboost, Numbers(random, 1), floor: 1),
        ]);
    }

    private static ThroughputCase Case(string name, TreeEnsemble ensemble, TreeXgboost? xgboost, float[] rows, double floor)
    {
        int count = rows.Length / Features;
        float[] columns = [.. Enumerable.Range(0, rows.Length).Select(i => rows[(i % count * Features) + (i / count)])];
        var expected = new double[count];
        TreeTraversal.Score(ensemble, TreeRows.FromRows(rows, count, Features), expected, TreeOutput.Sum);
        var contenders = new List<Contender>();
        foreach (TreeWidth width in (ReadOnlySpan<TreeWidth>)[TreeWidth.Bits512, TreeWidth.Bits256, TreeWidth.Portable])
        {
            if (width <= TreeWidths.Best)
            {
                var scorer = new TreeScorer(ensemble, width);
                var scratch = new byte[scorer.ScratchBytes(count)];
                contenders.Add(Contender(
                    $"TreeScorer, {width}",
                    expected,
                    scores => scorer.Score(TreeRows.FromColumns(columns, scores.Length, Features), scores, scratch, TreeOutput.Sum)));
            }
        }

        var walk = new TreeNodeWalk(ensemble);
        contenders.Add(Contender("loop over nodes", expected, scores => walk.Score(rows, Features, scores)));
        if (xgboost is not null)
        {
            contenders.Add(Contender("XGBoost C API", expected, scores => xgboost.Score(rows, Features, scores)));
        }

        return new ThroughputCase(name, contenders, rowsScored => rowsScored, Threads: 1) { Step = count, Floor = floor };
    }

    private static Contender Contender(string name, double[] expected, Action<float[]> score)
    {
        var scores = new float[expected.Length];
        return new Contender(name, rows =>
        {
            long scored = 0;
            for (; scored < rows; scored += scores.Length)
            {
                score(scores);
            }

            // To the bit: all of them are handed the same trees.
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] != expected[i])
                {
                    return -1;
                }
            }

            return scored;
        });
    }

    private static float[] Numbers(Random random, int rows) =>
        [.. Enumerable.Range(0, rows * Features).Select(_ => random.Next(20) == 0 ? float.NaN : (float)random.NextDouble())];

    private static float Label(ReadOnlySpan<float> row, Random random)
    {
        float sum = 0;
        for (int i = 0; i + 1 < row.Length; i += 2)
        {
            float product = row[i] * row[i + 1];
            sum += float.IsNaN(product) ? 0.5f : product + MathF.Sin(9 * row[i]);
        }

        return sum + (float)random.NextDouble();
    }

    private static TreeEnsemble RandomEnsemble(Random random)
    {
        float[][] thresholds = [.. Enumerable.Range(0, Features)
            .Select(_ => Enumerable.Range(0, 240).Select(_ => (float)random.NextDouble()).ToArray())];
        return new TreeEnsemble(
            [.. Enumerable.Range(0, Features).Select(i => $"f{i}")],
            [.. Enumerable.Range(0, Trees).Select(_ => RandomTree(random, thresholds))]);
    }

    private static DecisionTree RandomTree(Random random, float[][] thresholds)
    {
        const int splits = (1 << Depth) - 1;
        var nodes = new TreeSplit[splits];
        for (int i = 0; i < splits; i++)
        {
            int feature = random.Next(Features);
            int left = (2 * i) + 1;
            nodes[i] = new TreeSplit(
                feature,
                thresholds[feature][random.Next(thresholds[feature].Length)],
                left < splits ? left : ~(left - splits),
                left < splits ? left + 1 : ~(left + 1 - splits),
                random.Next(2) == 0);
        }

        return new DecisionTree([.. nodes], [.. Enumerable.Range(0, splits + 1).Select(_ => random.NextDouble() - 0.5)]);
    }
}
