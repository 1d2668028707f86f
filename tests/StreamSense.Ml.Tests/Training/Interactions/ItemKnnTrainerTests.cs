using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class ItemKnnTrainerTests
{
    [Theory]
    [InlineData(ItemKnnWeighting.None, 0)]
    [InlineData(ItemKnnWeighting.None, 12)]
    [InlineData(ItemKnnWeighting.InverseUserFrequency, 3)]
    [InlineData(ItemKnnWeighting.Bm25, 3)]
    public void Train_Data_FindsTheNeighboursOfAllPairs(ItemKnnWeighting weighting, double shrinkage)
    {
        const int Neighbours = 6;
        InteractionMatrix data = Tastes.Make(80, 30, 7);
        var model = (ItemKnnModel)new ItemKnnTrainer(
            new ItemKnnOptions { Neighbours = Neighbours, Shrinkage = shrinkage, Weighting = weighting }).Train(data);
        for (int item = 0; item < data.Items; item++)
        {
            float[] expected =
            [
                .. Enumerable.Range(0, data.Items)
                    .Where(other => other != item)
                    .Select(other => (float)Nearness(data, item, other, weighting, shrinkage))
                    .Where(nearness => nearness > 0)
                    .OrderDescending()
                    .Take(Neighbours),
            ];
            float[] found = model.Weights[model.Starts[item]..model.Starts[item + 1]].ToArray();
            Assert.Equal(expected.Length, found.Length);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.Equal(expected[i], found[i], 1e-5f);
                int neighbour = model.Neighbours[model.Starts[item] + i];
                Assert.Equal(found[i], (float)Nearness(data, item, neighbour, weighting, shrinkage), 1e-5f);
            }
        }
    }

    [Fact]
    public void Score_History_SumsTheNeighboursThatAreInIt()
    {
        InteractionMatrix data = Tastes.Make(80, 30, 7);
        var model = (ItemKnnModel)new ItemKnnTrainer(new ItemKnnOptions { Neighbours = 5 }).Train(data);
        int[] history = [3, 11, 12];

        float[] scores = Tastes.Scores(model, -1, history, [1, 1, 1]);

        for (int item = 0; item < data.Items; item++)
        {
            float expected = 0;
            for (int i = model.Starts[item]; i < model.Starts[item + 1]; i++)
            {
                expected += history.Contains(model.Neighbours[i]) ? model.Weights[i] : 0;
            }

            Assert.Equal(expected, scores[item], 1e-5f);
        }
    }

    [Fact]
    public void ToNeighbours_Titles_AreTheListsOfTheModel()
    {
        var model = (ItemKnnModel)new ItemKnnTrainer().Train(Tastes.Make(40, 20, 5));

        ItemNeighbours neighbours = model.ToNeighbours([.. Enumerable.Range(0, 20).Select(i => new TitleId((ulong)i + 1))]);

        Assert.Equal(model.Neighbours.ToArray(), neighbours.Neighbours);
        Assert.Throws<ArgumentException>(() => model.ToNeighbours([]));
    }

    private static double Nearness(InteractionMatrix data, int left, int right, ItemKnnWeighting weighting, double shrinkage)
    {
        double dot = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int user = 0; user < data.Users; user++)
        {
            double a = data.ItemsOf(user).Contains(left) ? Weight(data, user, left, weighting) : 0;
            double b = data.ItemsOf(user).Contains(right) ? Weight(data, user, right, weighting) : 0;
            dot += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }

        return dot == 0 ? 0 : dot / (Math.Sqrt(leftSquares * rightSquares) + shrinkage);
    }

    private static double Weight(InteractionMatrix data, int user, int item, ItemKnnWeighting weighting)
    {
        double had = data.ItemsOf(user).Length;
        double mean = (double)data.Count / data.Items;
        return weighting switch
        {
            ItemKnnWeighting.None => 1,
            ItemKnnWeighting.InverseUserFrequency => 1 / Math.Log2(1 + had),
            _ => Math.Log(1 + ((data.Items - had + 0.5) / (had + 0.5)))
                * 2.2 / (1 + (1.2 * (1 - 0.75 + (0.75 * data.UsersOf(item).Length / mean)))),
        };
    }
}
