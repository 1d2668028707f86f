using System.Collections.Immutable;
using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation;

/// <summary>Measures the order that a model gives all items, against what users took afterwards.</summary>
/// <remarks>
/// Unsampled: for each user with test items, all items but those of the training row are ranked, by descending score, of equals the lowest
/// number first. Every test item is relevant, whatever its value. A user without a training row is asked for as unknown (-1). Sampling the
/// items instead orders models differently (Krichene and Rendle, "On Sampled Metrics for Item Recommendation", 2020), and is not offered.
/// Thread-safe. Users are worked on in fixed chunks and summed in the order of their numbers: the same bits on any number of threads.
/// Cost a user: the model's scores, one sweep over them for the best places and one for the first test item.
/// </remarks>
public static class RankingEvaluator
{
    private const int ChunkUsers = 64;

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="train">What it was trained with: what users already have.</param>
    /// <param name="test">What they took afterwards; of as many users and items.</param>
    /// <param name="options">What to measure; null for the defaults.</param>
    /// <param name="progress">Told how many users are done; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">Sizes of model, training and test data differ, or an option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RankingReport Evaluate(
        IInteractionModel model,
        InteractionMatrix train,
        InteractionMatrix test,
        RankingEvaluationOptions? options = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new RankingEvaluationOptions();
        Check(model, train, test, options);
        int[] users = UsersOf(test);
        var results = new UserResults(train, test, users, options);
        int chunks = (users.Length + ChunkUsers - 1) / ChunkUsers;
        int done = 0;
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            () => new RankingScratch(model, test, options),
            (chunk, _, scratch) =>
            {
                int end = Math.Min((chunk + 1) * ChunkUsers, users.Length);
                for (int i = chunk * ChunkUsers; i < end; i++)
                {
                    scratch.Rank(train.ItemsOf(users[i]), train.ValuesOf(users[i]), users[i]);
                    results.Add(i, scratch);
                }

                int soFar = Interlocked.Add(ref done, end - (chunk * ChunkUsers));
                progress?.Report(new TrainProgress("rank", soFar, users.Length));
                return scratch;
            },
            static _ => { });
        return results.ToReport(model.Name);
    }

    /// <summary>Measures models, with all-time and decayed popularity before them.</summary>
    /// <param name="trainers">The models' trainers; each is trained on <paramref name="train"/>.</param>
    /// <param name="train">What users already have.</param>
    /// <param name="test">What they took afterwards; of as many users and items.</param>
    /// <param name="options">What to measure; null for the defaults.</param>
    /// <param name="progress">Told how far each training and each measuring is; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>A report each: popularity, trending, and the models in their order.</returns>
    /// <exception cref="ArgumentException">The sizes of training and test data differ, or an option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<RankingReport> Compare(
        IEnumerable<IInteractionTrainer> trainers,
        InteractionMatrix train,
        InteractionMatrix test,
        RankingEvaluationOptions? options = null,
        IProgress<TrainProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ImmutableArray<RankingReport>.Builder reports = ImmutableArray.CreateBuilder<RankingReport>();
        IInteractionTrainer[] floors = [new PopularityTrainer(), new TrendingTrainer()];
        foreach (IInteractionTrainer trainer in floors.Concat(trainers))
        {
            IInteractionModel model = trainer.Train(train, progress, cancellation);
            reports.Add(Evaluate(model, train, test, options, progress, cancellation));
        }

        return reports.ToImmutable();
    }

    private static void Check(IInteractionModel model, InteractionMatrix train, InteractionMatrix test, RankingEvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        options.Validate();
        bool fits = model.Items == train.Items && train.Items == test.Items && train.Users == test.Users
            && (options.Attributes?.Items ?? train.Items) == train.Items;
        if (!fits)
        {
            throw new ArgumentException(
                $"A model of {model.Items} items, {train.Users} × {train.Items} training and {test.Users} × {test.Items} test data, and "
                + "attributes where given, must be of one size.");
        }
    }

    private static int[] UsersOf(InteractionMatrix test)
    {
        var users = new List<int>();
        for (int user = 0; user < test.Users; user++)
        {
            if (!test.ItemsOf(user).IsEmpty)
            {
                users.Add(user);
            }
        }

        return [.. users];
    }
}
