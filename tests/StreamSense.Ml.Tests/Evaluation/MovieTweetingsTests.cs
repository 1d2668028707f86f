using System.Globalization;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Training.Interactions;
using Xunit.Abstractions;

namespace StreamSense.Ml.Tests.Evaluation;

public sealed class MovieTweetingsTests(ITestOutputHelper output)
{
    private const int DaysOfAllTime = 36_500;

    [SkippableFact]
    public void Prequential_StreamInTimeOrder_DecayBeatsAllTimePopularity()
    {
        (Interaction[] interactions, int users, int items) = RatingSets.Read("movietweetings-100k/ratings.dat", "::", hasHeader: false);
        Interaction[] stream = [.. interactions.OrderBy(interaction => interaction.Time).ThenBy(interaction => interaction.User)];
        var options = new PrequentialOptions { WindowLength = 10_000, WindowStep = 10_000 };
        (string Name, IOnlineModel Model)[] models =
        [
            ("popularity", new OnlineTrending(users, items, TimeSpan.FromDays(DaysOfAllTime))),
            ("trending", new OnlineTrending(users, items)),
            ("item-knn", new OnlineItemKnn(users, items)),
            ("isgd", new OnlineFactors(users, items)),
        ];

        output.WriteLine("model            questions  hit@10  ndcg@10  mrr     of known users: hit@10  mrr");
        var hits = new Dictionary<string, double>();
        foreach ((string name, IOnlineModel model) in models)
        {
            PrequentialReport report = PrequentialEvaluation.Run(model, stream, options);
            hits[name] = report.Total.HitRate;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-16} {report.Total.Questions,-10} {report.Total.HitRate:0.0000}  {report.Total.Ndcg:0.0000}   "
                + $"{report.Total.Mrr:0.0000}  {report.KnownUsers.HitRate,22:0.0000}  {report.KnownUsers.Mrr:0.0000}"));
            output.WriteLine("  hit@10 of each 10,000: " + string.Join(
                " ", report.Windows.Select(window => window.Figures.HitRate.ToString("0.000", CultureInfo.InvariantCulture))));
        }

        Assert.True(hits["trending"] > 1.2 * hits["popularity"]);
    }
}
