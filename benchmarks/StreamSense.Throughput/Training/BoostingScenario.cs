using StreamSense.Ml.Training.Boosting;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Training;

/// <summary>The time of a boosting run, from the values to the model, beside XGBoost's histogram method; one thread each.</summary>
/// <remarks>
/// <code>
/// 100,000 rows x 50 features -> bins -> 100 trees of depth 6
/// </code>
/// Both fit the squared error with the same rules. Without XGBoost's library on the machine only ours is shown.
/// </remarks>
public sealed class BoostingScenario : IScenario
{
    private const int Rows = 100_000;
    private const int Features = 50;
    private const int Trees = 100;

    /// <inheritdoc/>
    public string Name => "boosting";

    /// <inheritdoc/>
    public string Summary => $"{Trees} trees of depth 6 fitted to {Rows:N0} rows of {Features} features; an event is a row";

    /// <inheritdoc/>
    public bool IsLong => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        (float[] rows, float[] labels) = Draw();
        BoostingData data = BoostingData.FromRows([.. Enumerable.Range(0, Features).Select(feature => $"f{feature}")], rows, labels);
        var trainer = new BoostingTrainer(new BoostingOptions
        {
            Trees = Trees, LearningRate = 0.1, MaxDepth = 6, MaxLeaves = 64, MinRowsPerLeaf = 1, MinHessianPerLeaf = 1, RowSample = 1,
            FeatureSample = 1, Threads = 1,
        });
        List<Contender> contenders =
        [
            new("BoostingTrainer, 1 thread", count => Repeat(count, () => trainer.Train(data).Ensemble.Trees.Length)),
        ];
        if (XgboostTraining.IsHere)
        {
            contenders.Add(new Contender(
                "XGBoost hist, 1 thread", count => Repeat(count, () => XgboostTraining.Train(rows, labels, Features, Trees))));
        }

        // A training is long: few rounds, of one each.
        RunOptions few = options with { Rounds = Math.Min(options.Rounds, 3), RoundTime = TimeSpan.FromMilliseconds(1) };
        return new ThroughputRunner(few).Run(this,
        [
            new ThroughputCase("squared error", contenders, count => count / Rows * Trees, Threads: 1) { Step = Rows, Floor = 0.5 },
        ]);
    }

    private static long Repeat(long rows, Func<int> train)
    {
        long trees = 0;
        for (long i = 0; i < rows / Rows; i++)
        {
            trees += train();
        }

        return trees;
    }

    // A number that hangs on ten of the features, alone and in pairs, and on noise.
    private static (float[] Rows, float[] Labels) Draw()
    {
        var random = new Random(1);
        var rows = new float[Rows * Features];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)((random.NextDouble() * 2) - 1);
        }

        var labels = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> x = rows.AsSpan(row * Features, Features);
            double sum = Math.Sin(3 * x[0]) + (2 * x[1] * x[2]) + Math.Abs(x[3]) + (x[4] > 0 ? x[5] : -x[6]) + (0.5 * x[7] * x[8] * x[9]);
            labels[row] = (float)(sum + (random.NextDouble() - 0.5));
        }

        return (rows, labels);
    }
}
