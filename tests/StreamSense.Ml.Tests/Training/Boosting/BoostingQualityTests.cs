using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using StreamSense.Contracts;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;
using Xunit.Abstractions;

namespace StreamSense.Ml.Tests.Training.Boosting;

/// <summary>How good the models are beside those of others.</summary>
public sealed class BoostingQualityTests(ITestOutputHelper output)
{
    private const string Python = "/usr/bin/python3";

    // XGBoost's histogram trees on the same rows with the same rules; prints the loss on the second half.
    private const string Oracle =
        """
        import sys, numpy as np, xgboost as xgb
        rows, features, objective = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        all = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float32)
        x = all[:rows * features].reshape(features, rows).T
        y = all[rows * features:]
        h = rows // 2
        p = dict(objective=objective, eval_metric='rmse' if 'squared' in objective else 'logloss', tree_method='hist', eta=.1,
                 max_depth=5, max_bin=255, min_child_weight=1, reg_lambda=1, nthread=1, base_score=.5)
        b = xgb.train(p, xgb.DMatrix(x[:h], label=y[:h]), 100)
        s = b.predict(xgb.DMatrix(x[h:]))
        t = y[h:]
        print(np.mean((s - t) ** 2) if 'squared' in objective else -np.mean(t * np.log(s) + (1 - t) * np.log(1 - s)))
        """;

    [SkippableFact]
    public void Train_OfRankedQueries_ReachesThePublishedLevelAndBeatsPointwise()
    {
        BoostingData train = RankedRows.Read(SharedData.Require("lightgbm-lambdarank/rank.train"));
        BoostingData test = RankedRows.Read(SharedData.Require("lightgbm-lambdarank/rank.test"));

        double[] ranked = [.. Enumerable.Range(1, 5).Select(seed => Ndcg(BoostingObjective.LambdaMart, seed))];
        double[] pointwise = [.. Enumerable.Range(1, 5).Select(seed => Ndcg(BoostingObjective.Squared, seed))];

        output.WriteLine($"lambdarank {ranked.Average():0.0000}, pointwise {pointwise.Average():0.0000}");
        Assert.True(ranked.Average() >= 0.745, $"{ranked.Average()}");
        Assert.True(ranked.Average() > pointwise.Average(), $"{ranked.Average()} against {pointwise.Average()}");

        double Ndcg(BoostingObjective objective, int seed)
        {
            TreeEnsemble ensemble = new BoostingTrainer(new BoostingOptions { Objective = objective, Seed = seed }).Train(train).Ensemble;
            return GroupGain.MeanNdcg(Rows.Score(ensemble, test), test.Labels.Span, test.GroupSizes.AsSpan(), 10);
        }
    }

    [SkippableTheory]
    [InlineData(BoostingObjective.Squared, "reg:squarederror")]
    [InlineData(BoostingObjective.Logistic, "binary:logistic")]
    public void Train_OfRandomRows_IsAsGoodAsXgboost(BoostingObjective objective, string name)
    {
        const int Count = 6_000;
        float[][] columns = [.. Rows.Mixed(Count, 12, seed: 21).Select(NoInfinities)];
        float[] labels = Rows.Target(columns, seed: 21);
        if (objective == BoostingObjective.Logistic)
        {
            labels = [.. labels.Select(label => label > 1 ? 1f : 0f)];
        }

        string? answer = Ask(columns, labels, name);
        Skip.If(answer is null, "XGBoost for Python is not here.");
        double theirs = double.Parse(answer, CultureInfo.InvariantCulture);
        BoostingData train = Rows.Of([.. columns.Select(column => column[..(Count / 2)])], labels[..(Count / 2)]);
        BoostingData test = Rows.Of([.. columns.Select(column => column[(Count / 2)..])], labels[(Count / 2)..]);
        var options = new BoostingOptions
        {
            Objective = objective, Trees = 100, LearningRate = 0.1, MaxDepth = 5, MaxLeaves = 32, MinRowsPerLeaf = 1, MinHessianPerLeaf = 1,
            RowSample = 1, FeatureSample = 1,
        };

        float[] scores = Rows.Score(new BoostingTrainer(options).Train(train).Ensemble, test);

        double ours = BoostingLoss.Of(options, test, new WorkSharing(1, default)).Mean(scores);
        output.WriteLine($"{name}: ours {ours:0.00000}, XGBoost {theirs:0.00000}");
        Assert.True(ours < 1.05 * theirs, $"{ours} against {theirs}");
    }

    private static float[] NoInfinities(float[] column) =>
        [.. column.Select(value => float.IsInfinity(value) ? MathF.Sign(value) * 2 : value)];

    private static string? Ask(float[][] columns, float[] labels, string objective)
    {
        if (!File.Exists(Python))
        {
            return NotHere("there is no python");
        }

        var start = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (string argument in new[] { "-c", Oracle, labels.Length.ToString(), columns.Length.ToString(), objective })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            foreach (float[] column in columns.Append(labels))
            {
                process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes<float>(column));
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read: what it complains of says why.
        }

        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer.Trim() : NotHere(errors.Result);
    }

    private static string? NotHere(string why) => Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1"
        ? throw new InvalidOperationException("XGBoost is required in this run: " + why)
        : null;
}
