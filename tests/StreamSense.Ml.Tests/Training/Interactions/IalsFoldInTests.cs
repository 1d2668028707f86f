using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class IalsFoldInTests
{
    [Fact]
    public void Fold_HistoryOfSomebodyTrained_OrdersItemsAsTheModelDoes()
    {
        InteractionMatrix data = Tastes.Make(120, 60, 12);
        var model = (IalsModel)new IalsTrainer(
            new IalsOptions { Dimensions = 16, UnobservedWeight = 0.1, Regularisation = 0.01 }).Train(data);
        var foldIn = new IalsFoldIn(model);
        ImmutableArray<TitleId> titles = [.. Enumerable.Range(1, 60).Select(i => new TitleId((ulong)i))];
        var index = new FactorIndex(model.ToFactors(titles));
        var vector = new float[foldIn.Dimensions];
        var best = new ScoredItem[10];
        for (int user = 0; user < 20; user++)
        {
            ReadOnlySpan<int> history = data.ItemsOf(user);
            var weights = new float[history.Length];
            foldIn.Fold(history, weights, vector, new byte[foldIn.ScratchBytes]);
            Assert.Equal(10, index.Top(vector, best));

            float[] scores = Tastes.Scores(model, -1, history, data.ValuesOf(user));
            int[] expected = [.. Enumerable.Range(0, 60).OrderByDescending(item => scores[item]).Take(10)];
            for (int place = 0; place < best.Length; place++)
            {
                // Sums in another order may swap what is all but equal.
                Assert.Equal(scores[expected[place]], scores[best[place].Item], 1e-5f);
            }
        }
    }
}
