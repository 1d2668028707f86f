using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class TrendingTrainerTests
{
    [Fact]
    public void Popularity_Data_CountsUsers()
    {
        var data = new InteractionMatrix(3, 2, [Of(0, 0, 1), Of(1, 0, 2), Of(1, 0, 3), Of(2, 1, 4)]);

        Assert.Equal([2, 1], Tastes.Scores(new PopularityTrainer().Train(data), -1, [], []));
    }

    [Fact]
    public void Train_HalfLifeGiven_HalvesByAgeBeforeTheLast()
    {
        var data = new InteractionMatrix(3, 2, [Of(0, 0, 0), Of(1, 0, 24), Of(2, 1, 48)]);
        var trainer = new TrendingTrainer(new TrendingOptions { HalfLife = TimeSpan.FromDays(1) });

        Assert.Equal([0.75f, 1], Tastes.Scores(trainer.Train(data), -1, [], []));
    }

    [Fact]
    public void Train_TasteThatChanged_ForgetsTheOld()
    {
        // 200 days of item 0, then 40 of item 1: all time, 0 leads.
        IEnumerable<Interaction> days = Enumerable.Range(0, 240).Select(day => Of(day, day < 200 ? 0 : 1, 24.0 * day));
        float[] scores = Tastes.Scores(new TrendingTrainer().Train(new InteractionMatrix(240, 2, days)), -1, [], []);

        Assert.True(scores[1] > scores[0]);
    }

    [Fact]
    public void Options_BadHalfLife_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrendingTrainer(new TrendingOptions { HalfLife = TimeSpan.Zero }));

    private static Interaction Of(int user, int item, double hours) => new(user, item, 1, Tastes.Time(hours));
}
