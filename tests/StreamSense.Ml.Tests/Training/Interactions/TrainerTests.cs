using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

/// <summary>What every trainer and its model promises.</summary>
public sealed class TrainerTests
{
    public static TheoryData<string> Names => ["popularity", "trending", "item-knn", "ease", "ials", "bpr", "mf"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_TrainerAndModel_IsTheKind(string name)
    {
        IInteractionTrainer trainer = Trainer(name, threads: 1);

        Assert.Equal(name, trainer.Name);
        Assert.Equal(name, trainer.Train(Tastes.Make(20, 15, 5)).Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_OneThreadOrThree_GivesTheSameBits(string name)
    {
        InteractionMatrix data = Tastes.Make(150, 90, 20);
        IInteractionModel one = Trainer(name, threads: 1).Train(data);
        IInteractionModel three = Trainer(name, threads: 3).Train(data);

        for (int user = -1; user < data.Users; user++)
        {
            ReadOnlySpan<int> history = data.ItemsOf(Math.Max(0, user));
            ReadOnlySpan<float> values = data.ValuesOf(Math.Max(0, user));
            Assert.Equal(Tastes.Scores(one, user, history, values), Tastes.Scores(three, user, history, values));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_AnybodyWhoever_IsFinite(string name)
    {
        InteractionMatrix data = Tastes.Make(40, 30, 6);
        IInteractionModel model = Trainer(name, threads: 1).Train(data);

        Assert.All(Tastes.Scores(model, -1, [], []), score => Assert.True(float.IsFinite(score)));
        Assert.All(Tastes.Scores(model, 1_000_000, [], []), score => Assert.True(float.IsFinite(score)));
        Assert.All(Tastes.Scores(model, -1, [2, 29, 500], [1, 1, 1]), score => Assert.True(float.IsFinite(score)));
        Assert.All(Tastes.ScoresOf(model, data, 3), score => Assert.True(float.IsFinite(score)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_NothingToLearnFrom_GivesAModelAllTheSame(string name)
    {
        IInteractionModel nothing = Trainer(name, threads: 2).Train(new InteractionMatrix(0, 0, []));
        IInteractionModel silent = Trainer(name, threads: 2).Train(new InteractionMatrix(5, 7, []));
        IInteractionModel one = Trainer(name, threads: 2).Train(
            new InteractionMatrix(5, 7, [new Interaction(2, 3, 4, Tastes.Time(0))]));

        Assert.Equal(0, nothing.Items);
        Assert.All(Tastes.Scores(silent, 1, [], []), score => Assert.True(float.IsFinite(score)));
        Assert.All(Tastes.Scores(one, 2, [3], [4]), score => Assert.True(float.IsFinite(score)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_Warm_AllocatesNothing(string name)
    {
        InteractionMatrix data = Tastes.Make(60, 50, 10);
        IInteractionModel model = Trainer(name, threads: 1).Train(data);
        var scores = new float[model.Items];
        var scratch = new byte[model.ScratchBytes];
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int user = -1; user < 20; user++)
            {
                model.Score(user, data.ItemsOf(user + 1), data.ValuesOf(user + 1), scores, scratch);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("item-knn")]
    [InlineData("ease")]
    [InlineData("ials")]
    [InlineData("bpr")]
    [InlineData("mf")]
    public void Train_Cancelled_Throws(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Trainer(name, threads: 2).Train(Tastes.Make(60, 50, 10), null, source.Token));
    }

    [Theory]
    [InlineData("item-knn")]
    [InlineData("ease")]
    [InlineData("ials")]
    [InlineData("bpr")]
    [InlineData("mf")]
    public void Train_PeopleWithTastes_FindsThem(string name)
    {
        InteractionMatrix data = Tastes.Make(200, 80, 16);

        Assert.InRange(Tastes.Understanding(Trainer(name, threads: 2).Train(data), data), 0.9, 1);
    }

    [Theory]
    [InlineData("ease")]
    [InlineData("ials")]
    [InlineData("bpr")]
    [InlineData("mf")]
    public void Train_WithProgress_SaysHowFarItIs(string name)
    {
        var reports = new List<TrainProgress>();
        Trainer(name, threads: 1).Train(Tastes.Make(60, 50, 10), new Collecting(reports));

        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.InRange(report.Done, 1, report.Total));
    }

    private static IInteractionTrainer Trainer(string name, int threads) => name switch
    {
        "popularity" => new PopularityTrainer(),
        "trending" => new TrendingTrainer(),
        "item-knn" => new ItemKnnTrainer(new ItemKnnOptions { Threads = threads, Neighbours = null, Shrinkage = null, Weighting = null }),
        "ease" => new EaseTrainer(new EaseOptions { Threads = threads }),
        "ials" => new IalsTrainer(new IalsOptions { Threads = threads, Dimensions = 20, Sweeps = 6 }),
        "bpr" => new BprTrainer(new BprOptions { Threads = threads, Dimensions = 20 }),
        _ => new BiasedMfTrainer(new BiasedMfOptions { Threads = threads, Dimensions = 20 }),
    };

    private sealed class Collecting(List<TrainProgress> reports) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => reports.Add(value);
    }
}
