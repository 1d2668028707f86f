using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Splits;
using StreamSense.Ml.Models;
using StreamSense.Ml.Training.Interactions;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Trains a model on who took what.</summary>
internal static class CollaborativeTraining
{
    private const int Cutoff = 10;

    /// <summary>Trains it, first on a part to measure it, then on all.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The file cannot be used, or an option of the model.</exception>
    public static TrainedModel Run(TrainOptions options, EvaluateProgress? progress, CancellationToken cancellationToken)
    {
        IInteractionTrainer trainer = ModelChoices.Find(options.Model).Create(options.ModelOptions, options.Seed);
        RatingSet ratings = RatingSet.Read(options.DataFile, options.MapFile, progress, cancellationToken);
        try
        {
            ImmutableSortedDictionary<string, double> metrics = Measure(trainer, ratings, options, progress, cancellationToken);
            var model = new TitleModel(trainer.Train(ratings.Matrix, progress, cancellationToken), ratings.Titles);
            if (!options.KeepUsers)
            {
                model = model.WithoutUsers();
            }

            return new TrainedModel(
                card => ModelFile.Create(card, model, ModelCodecs.Collaborative(options.Model)), metrics, RangeOf(ratings.Matrix))
            {
                Notes = ratings.Notes(),
            };
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{options.Model} cannot be trained with these data: {exception.Message}", exception);
        }
    }

    private static ImmutableSortedDictionary<string, double> Measure(
        IInteractionTrainer trainer,
        RatingSet ratings,
        TrainOptions options,
        EvaluateProgress? progress,
        CancellationToken cancellationToken)
    {
        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        if (options.HoldOut <= 0)
        {
            return metrics;
        }

        InteractionSplit split = InteractionSplits.LastShareOfUser(ratings.ToInteractions(), options.HoldOut);
        if (split.Test.IsEmpty || split.Train.IsEmpty)
        {
            return metrics;
        }

        (InteractionMatrix train, InteractionMatrix test) = split.ToMatrices(ratings.Matrix.Users, ratings.Matrix.Items);
        RankingReport report = RankingEvaluator.Evaluate(
            trainer.Train(train, progress, cancellationToken),
            train,
            test,
            new RankingEvaluationOptions { Cutoffs = [Cutoff], BootstrapRounds = 0 },
            progress,
            cancellationToken);
        CutoffReport top = report.At(Cutoff);
        return metrics
            .Add("ndcg@10", top.Ndcg.Value)
            .Add("recall@10", top.Recall.Value)
            .Add("hr@10", top.HitRate.Value)
            .Add("mrr", report.Mrr.Value);
    }

    private static ModelDataRange RangeOf(InteractionMatrix data)
    {
        long first = long.MaxValue;
        long last = long.MinValue;
        for (int user = 0; user < data.Users; user++)
        {
            foreach (long time in data.TimesOf(user))
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }
        }

        // A file without times has all of them at the beginning of 1970, and one with wrong times may have any.
        bool hasTimes = first >= EventTime.Earliest.UnixMicroseconds && last <= EventTime.Latest.UnixMicroseconds;
        return hasTimes ? new ModelDataRange(data.Count, new EventTime(first), new EventTime(last)) : new ModelDataRange(data.Count);
    }
}
