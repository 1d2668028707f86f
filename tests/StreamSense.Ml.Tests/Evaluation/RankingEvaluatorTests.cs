using StreamSense.Core.Events;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation;

public sealed class RankingEvaluatorTests
{
    private const double Near = 1e-12;

    [Fact]
    public void Evaluate_HandComputed_LeavesTrainingItemsOut()
    {
        // Item 5 scores highest. User 0 has 5 and 4; 3 and 0 are to be found, and stand at places 0 and 3 of 3, 2, 1, 0.
        var model = new ScriptedModel(6, (_, item) => item);
        InteractionMatrix train = Matrix(2, 6, (0, 5), (0, 4), (1, 5));
        InteractionMatrix test = Matrix(2, 6, (0, 3), (0, 0));

        RankingReport report = RankingEvaluator.Evaluate(model, train, test, new RankingEvaluationOptions { Cutoffs = [2] });

        CutoffReport at = report.At(2);
        Assert.Equal(1, report.Users);
        Assert.Equal(1 / (1 + (1 / Math.Log2(3))), at.Ndcg.Value, Near);
        Assert.Equal(0.5, at.Map.Value, Near);
        Assert.Equal(0.5, at.Recall.Value, Near);
        Assert.Equal(0.5, at.Precision.Value, Near);
        Assert.Equal(1, at.HitRate.Value, Near);
        Assert.Equal(1, report.Mrr.Value, Near);
        Assert.Equal(2 / 6.0, at.Coverage, Near);
        Assert.Equal(1, at.Novelty.Value, Near);
        Assert.Null(at.Diversity);
        Assert.Equal([0], model.Asked);
    }

    [Fact]
    public void Evaluate_EqualScores_RanksTheLowestItemFirst()
    {
        var model = new ScriptedModel(50, (_, _) => 1);
        InteractionMatrix test = Matrix(1, 50, (0, 7));

        RankingReport report = RankingEvaluator.Evaluate(model, Matrix(1, 50), test);

        Assert.Equal(1 / 8.0, report.Mrr.Value, Near);
        Assert.Equal(1, report.At(10).HitRate.Value);
    }

    [Fact]
    public void Evaluate_UserWithoutTraining_IsAskedForAsUnknown()
    {
        var model = new ScriptedModel(3, (_, item) => item);

        RankingEvaluator.Evaluate(model, Matrix(2, 3, (0, 0)), Matrix(2, 3, (0, 1), (1, 1)));

        Assert.Equal([-1, 0], model.Asked.Order());
    }

    [Fact]
    public void Evaluate_ItemInBoth_CountsAsNotFoundAndIsReported()
    {
        var model = new ScriptedModel(3, (_, item) => item);

        RankingReport report = RankingEvaluator.Evaluate(
            model, Matrix(1, 3, (0, 2)), Matrix(1, 3, (0, 2), (0, 1)), new RankingEvaluationOptions { Cutoffs = [2] });

        Assert.Equal(1, report.Overlap);
        Assert.Equal(0.5, report.At(2).Recall.Value);
    }

    [Fact]
    public void Evaluate_ScoresThatAreNoNumbers_StandLast()
    {
        float[] given = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, 0];
        var model = new ScriptedModel(4, (_, item) => given[item]);

        RankingReport report = RankingEvaluator.Evaluate(model, Matrix(3, 4), Matrix(3, 4, (0, 0), (1, 2), (2, 1)));

        Assert.Equal(((1 / 3.0) + 1 + (1 / 4.0)) / 3, report.Mrr.Value, Near);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Evaluate_RandomData_EqualsASortOfEverything(int seed)
    {
        var random = new Random(seed);
        const int Users = 150;
        const int Items = 83;
        InteractionMatrix train = RandomMatrix(random, Users, Items, 900);
        InteractionMatrix test = RandomMatrix(random, Users, Items, 500);
        float[] table = [.. Enumerable.Range(0, (Users + 1) * Items).Select(_ => (float)random.Next(12))];
        var model = new ScriptedModel(Items, (user, item) => table[((user + 1) * Items) + item]);
        var options = new RankingEvaluationOptions { Cutoffs = [10, 20, 1], Threads = 3 };

        RankingReport report = RankingEvaluator.Evaluate(model, train, test, options);

        foreach (int k in options.Cutoffs)
        {
            var naive = NaiveRanking.Evaluate(table, train, test, k);
            CutoffReport at = report.At(k);
            Assert.Equal(naive.Users, report.Users);
            Assert.Equal(naive.Ndcg, at.Ndcg.Value, Near);
            Assert.Equal(naive.Map, at.Map.Value, Near);
            Assert.Equal(naive.Recall, at.Recall.Value, Near);
            Assert.Equal(naive.Precision, at.Precision.Value, Near);
            Assert.Equal(naive.HitRate, at.HitRate.Value, Near);
            Assert.Equal(naive.Mrr, report.Mrr.Value, Near);
            Assert.Equal(naive.Coverage, at.Coverage, Near);
        }
    }

    [Fact]
    public void Evaluate_AnyNumberOfThreads_GivesTheSameBits()
    {
        var random = new Random(5);
        InteractionMatrix train = RandomMatrix(random, 300, 40, 1_000);
        InteractionMatrix test = RandomMatrix(random, 300, 40, 1_000);
        var model = new ScriptedModel(40, (user, item) => ((user * 31) + (item * 17)) % 97);

        RankingReport one = RankingEvaluator.Evaluate(model, train, test, new RankingEvaluationOptions { Threads = 1 });
        RankingReport many = RankingEvaluator.Evaluate(model, train, test, new RankingEvaluationOptions { Threads = 7 });

        Assert.Equal(one.Mrr, many.Mrr);
        Assert.Equal(one.Cutoffs.ToArray(), many.Cutoffs.ToArray());
    }

    [Fact]
    public void Evaluate_UsersRenumbered_GivesTheSameMeans()
    {
        var random = new Random(6);
        InteractionMatrix train = RandomMatrix(random, 60, 30, 200);
        InteractionMatrix test = RandomMatrix(random, 60, 30, 200);
        var options = new RankingEvaluationOptions { BootstrapRounds = 0 };
        var model = new ScriptedModel(30, (_, item) => (item * 13) % 30);

        RankingReport report = RankingEvaluator.Evaluate(model, train, test, options);
        RankingReport other = RankingEvaluator.Evaluate(model, Renumbered(train), Renumbered(test), options);

        Assert.Equal(report.At(10).Ndcg.Value, other.At(10).Ndcg.Value, Near);
        Assert.Equal(report.Mrr.Value, other.Mrr.Value, Near);
    }

    [Fact]
    public void Evaluate_Segments_AverageToTheWhole()
    {
        var random = new Random(7);
        InteractionMatrix train = RandomMatrix(random, 100, 30, 300);
        InteractionMatrix test = RandomMatrix(random, 100, 30, 300);
        var model = new ScriptedModel(30, (user, item) => (user + item) % 11);
        var options = new RankingEvaluationOptions { Segment = user => user % 3 == 0 ? null : user % 3 == 1 ? "b" : "a" };

        RankingReport report = RankingEvaluator.Evaluate(model, train, test, options);

        Assert.Equal(["", "a", "b"], report.Segments.Select(segment => segment.Segment));
        Assert.Equal(report.Users, report.Segments.Sum(segment => segment.Users));
        double mean = report.Segments.Sum(segment => segment.Users * segment.Cutoffs[0].Ndcg.Value) / report.Users;
        Assert.Equal(report.At(10).Ndcg.Value, mean, Near);
    }

    [Fact]
    public void Evaluate_GradedGains_PutTheBetterLikedFirst()
    {
        var model = new ScriptedModel(3, (_, item) => -item);
        var test = new InteractionMatrix(1, 3, [new(0, 0, 1, default), new(0, 1, 3, default)]);
        var options = new RankingEvaluationOptions { Gain = GainKind.Exponential, Cutoffs = [2] };

        double ndcg = RankingEvaluator.Evaluate(model, Matrix(1, 3), test, options).At(2).Ndcg.Value;

        Assert.Equal((1 + (7 / Math.Log2(3))) / (7 + (1 / Math.Log2(3))), ndcg, Near);
    }

    [Fact]
    public void Evaluate_Attributes_MeasureDiversity()
    {
        var model = new ScriptedModel(3, (_, item) => -item);
        var options = new RankingEvaluationOptions { Attributes = new ItemAttributes([[1], [2], [1]]), Cutoffs = [2, 3] };

        RankingReport report = RankingEvaluator.Evaluate(model, Matrix(1, 3), Matrix(1, 3, (0, 0)), options);

        Assert.Equal(1, report.At(2).Diversity!.Value.Value, Near);
        Assert.Equal(2 / 3.0, report.At(3).Diversity!.Value.Value, Near);
    }

    [Fact]
    public void Evaluate_NoTestItems_ReportsNobody()
    {
        RankingReport report = RankingEvaluator.Evaluate(new ScriptedModel(3, (_, _) => 0), Matrix(2, 3, (0, 1)), Matrix(2, 3));

        Assert.Equal(0, report.Users);
        Assert.Equal(0, report.At(10).Ndcg.Value);
    }

    [Fact]
    public void Evaluate_SizesThatDiffer_Refuses() =>
        Assert.Throws<ArgumentException>(() => RankingEvaluator.Evaluate(new ScriptedModel(3, (_, _) => 0), Matrix(2, 3), Matrix(2, 4)));

    [Fact]
    public void Evaluate_Cancelled_Throws() => Assert.ThrowsAny<OperationCanceledException>(() => RankingEvaluator.Evaluate(
        new ScriptedModel(3, (_, _) => 0), Matrix(1, 3), Matrix(1, 3, (0, 1)), cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Validate_CutoffGivenTwice_Refuses() =>
        Assert.Throws<ArgumentException>(() => new RankingEvaluationOptions { Cutoffs = [10, 10] }.Validate());

    [Fact]
    public void Compare_AnyTrainers_StandBesidePopularityAndTrending()
    {
        var random = new Random(8);
        InteractionMatrix train = RandomMatrix(random, 50, 20, 300);
        InteractionMatrix test = RandomMatrix(random, 50, 20, 100);

        var reports = RankingEvaluator.Compare([new PopularityTrainer()], train, test);

        Assert.Equal(["popularity", "trending", "popularity"], reports.Select(report => report.Model));
        Assert.Equal(reports[0].Mrr, reports[2].Mrr);
    }

    private static InteractionMatrix Matrix(int users, int items, params (int User, int Item)[] cells) =>
        new(users, items, cells.Select(cell => new Interaction(cell.User, cell.Item, 1, default)));

    private static InteractionMatrix RandomMatrix(Random random, int users, int items, int cells) => new(
        users,
        items,
        Enumerable.Range(0, cells).Select(i => new Interaction(random.Next(users), random.Next(items), 1, new EventTime(i))));

    private static InteractionMatrix Renumbered(InteractionMatrix matrix) => new(
        matrix.Users,
        matrix.Items,
        Enumerable.Range(0, matrix.Users).SelectMany(user => matrix.ItemsOf(user).ToArray()
            .Select(item => new Interaction(matrix.Users - 1 - user, item, 1, default))));
}
