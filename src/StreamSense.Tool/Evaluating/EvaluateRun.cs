using System.Diagnostics;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>One run of <c>evaluate</c>: reads, trains, ranks for everybody with test items, and does the same by popularity.</summary>
internal static class EvaluateRun
{
    // These are always there, whatever else is asked for.
    private static readonly int[] UsualCutoffs = [10, 20];

    /// <summary>Evaluates.</summary>
    /// <param name="options">What to evaluate.</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A file cannot be used, or an option of the model.</exception>
    public static EvaluateReport Run(
        EvaluateOptions options, TimeProvider time, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        IInteractionTrainer trainer = ModelChoices.Find(options.Model).Create(options.ModelOptions, options.Seed);
        long started = time.GetTimestamp();
        var reader = new RatingReader(
            RatingMap.Load(options.MapFile),
            total => progress?.Begin(total),
            bytes => progress?.Read(bytes),
            cancellationToken);
        RatingData data = reader.Read(options.TrainFile, options.TestFile);
        long read = time.GetTimestamp();
        IInteractionModel model = Train(trainer, data.Train, progress, cancellationToken);
        long trained = time.GetTimestamp();
        var ranking = new RankingEvaluationOptions
        {
            Cutoffs = [.. UsualCutoffs.Prepend(options.K).Distinct()],
            Seed = options.Seed ?? 1,
        };
        RankingReport report = RankingEvaluator.Evaluate(model, data.Train, data.Test, ranking, progress, cancellationToken);
        RatingErrors? errors = data.HasRatings && model is BiasedMfModel predictor ? ErrorsOf(predictor, data.Test) : null;
        long judged = time.GetTimestamp();
        return new EvaluateReport(
            data,
            options.K,
            report,
            errors,
            Baselines(data, ranking, cancellationToken),
            time.GetElapsedTime(started, read),
            time.GetElapsedTime(read, trained),
            time.GetElapsedTime(trained, judged),
            PeakMemory());
    }

    private static IInteractionModel Train(
        IInteractionTrainer trainer, InteractionMatrix data, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        try
        {
            return trainer.Train(data, progress, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{trainer.Name} cannot be trained with these data: {exception.Message}", exception);
        }
    }

    private static RankingReport[] Baselines(
        RatingData data, RankingEvaluationOptions options, CancellationToken cancellationToken)
    {
        options.BootstrapRounds = 0;
        return [.. RankingEvaluator.Compare([], data.Train, data.Test, options, cancellation: cancellationToken)];
    }

    private static RatingErrors? ErrorsOf(BiasedMfModel model, InteractionMatrix test)
    {
        var predicted = new float[test.Count];
        var given = new float[test.Count];
        int count = 0;
        for (int user = 0; user < test.Users; user++)
        {
            ReadOnlySpan<int> items = test.ItemsOf(user);
            test.ValuesOf(user).CopyTo(given.AsSpan(count));
            foreach (int item in items)
            {
                predicted[count++] = model.Predict(user, item);
            }
        }

        return RatingErrors.Of(predicted, given);
    }

    // Some systems do not tell the peak; what is in use now is the best that is known then.
    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Max(process.PeakWorkingSet64, Environment.WorkingSet);
    }
}
