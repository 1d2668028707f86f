using StreamSense.Benchmarks.Ranking;
using StreamSense.Ml.Features;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Ranking;

/// <summary>The time that one ranking takes, which a page waits for.</summary>
/// <remarks>The recommender also writes a decision for each slot, and with trees a record for the log; the baselines only rank.</remarks>
public sealed class RankScenario : IScenario
{
    private const int Candidates = 100;

    /// <inheritdoc/>
    public string Name => "rank";

    /// <inheritdoc/>
    public string Summary => $"one ranking of {Candidates} candidates into {RankingContest.Slots} slots, by a linear model and by trees";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        using var linear = new RankingContest(Candidates);
        using var trees = new TreeRankingContest();
        return new LatencyRunner(options).Run(
            this,
            [
                new LatencyCase(
                    $"{StandardFeatures.Basic.Layout.Count} default features, linear",
                    [new LatencyContender("Recommender", linear.Recommend), new LatencyContender("LINQ over objects", linear.RankByLinq)],
                    RankingContest.Slots),
                new LatencyCase(
                    "30 features, 100 trees of depth 6, diversified, logged",
                    [new LatencyContender("Recommender", trees.Recommend), new LatencyContender("LINQ over objects", trees.RankByObjects)],
                    TreeRankingContest.Slots),
            ]);
    }
}
