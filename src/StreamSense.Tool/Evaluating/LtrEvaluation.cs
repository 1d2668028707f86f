using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Boosting;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>Learns an order from one file and says how good it is on another.</summary>
internal static class LtrEvaluation
{
    private static readonly int[] Places = [1, 3, 5, 10];

    /// <summary>Runs it.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="time">What the training is timed by.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InputException">A file cannot be used.</exception>
    public static LtrReport Run(LtrOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        LtrData train = LtrData.Read(options.TrainFile, cancellationToken);
        LtrData test = LtrData.Read(options.TestFile, cancellationToken);
        if (train.Rows.MaxIndex < 0)
        {
            throw new InputException($"{options.TrainFile} has no features");
        }

        BoostingObjective objective =
            options.Objective is LtrOptions.Pointwise ? BoostingObjective.Squared : BoostingObjective.LambdaMart;
        var trainer = new BoostingTrainer(new BoostingOptions { Objective = objective, Seed = options.Seed });
        BoostingData data = train.ToBoostingData(train.Rows.MaxIndex + 1);
        long start = time.GetTimestamp();
        TreeEnsemble ensemble = trainer.Train(data, cancellation: cancellationToken).Ensemble;
        double seconds = time.GetElapsedTime(start).TotalSeconds;

        float[] scores = Scores(ensemble, test);
        return new LtrReport(
            options.Objective,
            options.Seed,
            seconds,
            ensemble.Trees.Length,
            test.GroupSizes.Length,
            [.. Places.Select(places => ($"ndcg@{places}", LtrFigures.Ndcg(test, scores, places)))]);
    }

    // By the engine that serves a trained model: the order that is judged is the order that would be shown.
    private static float[] Scores(TreeEnsemble ensemble, LtrData test)
    {
        int features = ensemble.FeatureNames.Length;
        var scorer = new TreeScorer(ensemble);
        var scores = new float[test.Rows.Count];
        var rows = TreeRows.FromRows(test.Rows.ToDense(features, LtrData.Absent), scores.Length, features);
        scorer.Score(rows, scores, new byte[scorer.ScratchBytes(scores.Length)], TreeOutput.Sum);
        return scores;
    }
}
