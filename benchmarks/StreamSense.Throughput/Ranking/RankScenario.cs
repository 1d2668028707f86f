using StreamSense.Benchmarks.Ranking;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Ranking;

/// <summary>The time that one ranking takes, which a page waits for.</summary>
/// <remarks>The recommender also writes a decision for each slot; the baseline only ranks.</remarks>
public sealed class RankScenario : IScenario
{
    private const int Candidates = 100;

    /// <inheritdoc/>
    public string Name => "rank";

    /// <inheritdoc/>
    public string Summary => $"one ranking of {Candidates} candidates into {RankingContest.Slots} slots";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        using var contest = new RankingContest(Candidates);
        var latencyCase = new LatencyCase(
            $"{Candidates} into {RankingContest.Slots}",
            [new LatencyContender("Recommender", contest.Recommend), new LatencyContender("LINQ over objects", contest.RankByLinq)],
            RankingContest.Slots);
        return new LatencyRunner(options).Run(this, [latencyCase]);
    }
}
