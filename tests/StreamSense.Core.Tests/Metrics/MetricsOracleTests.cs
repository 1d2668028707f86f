using StreamSense.Core.Metrics;
using StreamSense.Core.Tests.Sessions.Oracle;
using StreamSense.Testing.Simulation;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>The engine against the oracle: two readings of one contract, figure by figure.</summary>
public sealed class MetricsOracleTests
{
    [Fact]
    public void Measure_OneRandomView_AgreesWithTheOracle()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            AssertAgrees(new RandomViews(seed).Lines(1), seed);
        }
    }

    [Fact]
    public void Measure_OverlappingViews_AgreeWithTheOracle()
    {
        for (int seed = 10_000; seed < 10_400; seed++)
        {
            AssertAgrees(new RandomViews(seed).Lines(4), seed);
        }

        AssertAgrees(new RandomViews(11_000).Lines(300), 11_000);
    }

    [Fact]
    public void Measure_ShuffledWithDuplicates_AgreesWithTheOracle()
    {
        for (int seed = 20_000; seed < 20_020; seed++)
        {
            AssertAgrees(new RandomViews(seed).ShuffledLines(25, duplicateShare: 0.5), seed);
        }
    }

    [Fact]
    public void Measure_ASimulatedAudience_AgreesWithTheOracle()
    {
        var options = new ViewerSimulationOptions { Seed = 3, Viewers = 20 };
        AssertAgrees([.. new ViewerSimulation(options).Lines()], 0);
        AssertAgrees([.. new ViewerSimulation(options with { Sequenced = false, HeartbeatInterval = TimeSpan.Zero }).Lines()], 1);
    }

    [Theory]
    [InlineData(MetricsDimension.Title, "title")]
    [InlineData(MetricsDimension.Cdn, "cdn")]
    [InlineData(MetricsDimension.Country, "country")]
    [InlineData(MetricsDimension.DeviceKind, "deviceKind")]
    public void Measure_ByADimension_AgreesWithTheOracle(MetricsDimension dimension, string name)
    {
        List<string> lines = new RandomViews(30_000).Lines(300);

        List<string> differences =
            OracleComparison.GroupDifferences(OracleMeasure.Run(lines), name, EngineMeasure.Run(lines).Json(dimension));

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // The message carries the lines of a small set: enough to settle by hand who read the schema wrongly.
    private static void AssertAgrees(List<string> lines, int seed)
    {
        List<string> differences = OracleComparison.Differences(OracleMeasure.Run(lines), EngineMeasure.Run(lines).Json());
        Assert.True(
            differences.Count == 0,
            $"seed {seed}\n{string.Join('\n', differences)}\n{(lines.Count < 250 ? string.Join('\n', lines) : "")}");
    }
}
