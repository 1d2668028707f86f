using MathNet.Numerics.LinearAlgebra;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class EaseTrainerTests
{
    [Theory]
    [InlineData(30, 20)]
    [InlineData(300, 140)]
    [InlineData(40, 200)]
    public void Train_Data_GivesTheWeightsOfTheFormula(int users, int items)
    {
        const double Regularisation = 12;
        InteractionMatrix data = Tastes.Make(users, items, 9);
        Matrix<double> x = Matrix<double>.Build.Dense(users, items);
        for (int user = 0; user < users; user++)
        {
            foreach (int item in data.ItemsOf(user))
            {
                x[user, item] = 1;
            }
        }

        Matrix<double> p = (x.TransposeThisAndMultiply(x) + (Regularisation * Matrix<double>.Build.DenseIdentity(items))).Inverse();
        var model = (EaseModel)new EaseTrainer(new EaseOptions { Regularisation = Regularisation }).Train(data);

        for (int user = 0; user < users; user++)
        {
            float[] scores = Tastes.ScoresOf(model, data, user);
            foreach (int target in model.WeightedItems)
            {
                double expected = 0;
                foreach (int item in data.ItemsOf(user))
                {
                    expected += item == target ? 0 : -p[item, target] / p[target, target];
                }

                Assert.Equal(expected, scores[target], 1e-5);
            }
        }
    }

    [Fact]
    public void Train_MoreItemsThanMay_PutsTheRestBehindByPopularity()
    {
        InteractionMatrix data = Tastes.Make(100, 60, 12);
        var model = (EaseModel)new EaseTrainer(new EaseOptions { Regularisation = 10, MaxItems = 25 }).Train(data);

        Assert.Equal(25, model.WeightedItems.Length);
        HashSet<int> weighted = [.. model.WeightedItems];
        int[] rest = [.. Enumerable.Range(0, 60).Where(item => !weighted.Contains(item))];
        Assert.True(weighted.Min(item => data.UsersOf(item).Length) >= rest.Max(item => data.UsersOf(item).Length));
        float[] scores = Tastes.ScoresOf(model, data, 5);
        Assert.True(weighted.Min(item => scores[item]) > rest.Max(item => scores[item]));
        Assert.Equal(
            rest.OrderByDescending(item => data.UsersOf(item).Length).ThenBy(item => item),
            rest.OrderByDescending(item => scores[item]).ThenBy(item => item));
    }

    [Fact]
    public void Score_NoHistory_IsPopularity()
    {
        InteractionMatrix data = Tastes.Make(100, 60, 12);
        IInteractionModel model = new EaseTrainer(new EaseOptions { Regularisation = 10 }).Train(data);
        float[] popularity = Tastes.Scores(new PopularityTrainer().Train(data), -1, [], []);
        float most = popularity.Max();

        Assert.Equal(popularity.Select(count => count / most), Tastes.Scores(model, -1, [], []));
    }

    [Fact]
    public void ToNeighbours_Weights_AreTheHighestOfEachRow()
    {
        InteractionMatrix data = Tastes.Make(100, 40, 12);
        var model = (EaseModel)new EaseTrainer(new EaseOptions { Regularisation = 10 }).Train(data);

        ItemNeighbours neighbours = model.ToNeighbours([.. Enumerable.Range(0, 40).Select(i => new TitleId((ulong)i + 1))], 3);

        int slot = model.WeightedItems.IndexOf(8);
        float[] row = model.Weights.Slice(slot * model.WeightedItems.Length, model.WeightedItems.Length).ToArray();
        Assert.Equal(row.OrderDescending().Take(3), neighbours.Weights[neighbours.Starts[8]..neighbours.Starts[9]]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Options_BadRegularisation_IsRefused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EaseTrainer(new EaseOptions { Regularisation = value }));
}
