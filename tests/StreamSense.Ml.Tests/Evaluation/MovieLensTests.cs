using System.Globalization;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Splits;
using StreamSense.Ml.Training.Interactions;
using Xunit.Abstractions;

namespace StreamSense.Ml.Tests.Evaluation;

public sealed class MovieLensTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Compare_LastFifthOfEachUser_CollaborativeModelsBeatPopularity()
    {
        (Interaction[] interactions, int users, int items) = RatingSets.Read("movielens-latest-small/ratings.csv", ",", hasHeader: true);
        (InteractionMatrix train, InteractionMatrix test) =
            InteractionSplits.LastShareOfUser(interactions, 0.2).ToMatrices(users, items);
        IInteractionTrainer[] trainers =
        [
            new ItemKnnTrainer(),
            new EaseTrainer(),
            new IalsTrainer(),
            new BprTrainer(new BprOptions { Epochs = 30 }),
            new BiasedMfTrainer(new BiasedMfOptions { Epochs = 10, Regularisation = 0.1, Dimensions = 32 }),
        ];

        var reports = RankingEvaluator.Compare(trainers, train, test);

        output.WriteLine($"{reports[0].Users} users, {reports[0].Items} items, {train.Count} to learn from, {test.Count} to find");
        output.WriteLine("model        ndcg@10 (95 %)          recall@20  precision@10  map@10  hr@10  mrr    coverage@10  novelty@10");
        foreach (RankingReport report in reports)
        {
            CutoffReport at = report.At(10);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Model,-12} {at.Ndcg.Value:0.0000} ({at.Ndcg.Low:0.0000}-{at.Ndcg.High:0.0000})  "
                + $"{report.At(20).Recall.Value,-10:0.0000} {at.Precision.Value,-13:0.0000} {at.Map.Value:0.0000}  "
                + $"{at.HitRate.Value:0.000}  {report.Mrr.Value:0.000}  "
                + $"{at.Coverage,-12:0.000} {at.Novelty.Value:0.00}"));
        }

        double Ndcg(string model) => reports.First(report => report.Model == model).At(10).Ndcg.Value;
        double floor = Math.Max(Ndcg("popularity"), Ndcg("trending"));
        Assert.True(Ndcg("ease") >= 1.2 * floor, $"EASE {Ndcg("ease")} beside {floor}");
        Assert.True(Ndcg("ials") >= 1.2 * floor, $"iALS {Ndcg("ials")} beside {floor}");
    }
}
