using StreamSense.Core.Metrics;
using StreamSense.Core.Tests.Sessions;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>The engine against the oracle: two readings of one contract.</summary>
public sealed class MetricsOracleTests
{
    private const int Views = 40;
    private const long StartUs = 1_767_225_600_000_000;

    [Theory]
    [InlineData(1, 25)]
    [InlineData(1000, 25)]
    public void Totals_RandomViews_AreThoseOfTheOracle(int firstSeed, int seeds) => Compare(firstSeed, seeds, seed =>
    {
        List<string> lines = new RandomViews(seed).ShuffledLines(Views, 0.2);
        return OracleComparison.Differences(OracleMeasure.Run(lines), EngineMeasure.Run(lines).Json());
    });

    [Theory]
    [InlineData(MetricsDimension.Title, "title")]
    [InlineData(MetricsDimension.Cdn, "cdn")]
    [InlineData(MetricsDimension.Country, "country")]
    [InlineData(MetricsDimension.DeviceKind, "deviceKind")]
    public void Groups_RandomViews_AreThoseOfTheOracle(MetricsDimension by, string dimension) => Compare(1, 10, seed =>
    {
        List<string> lines = new RandomViews(seed).Lines(Views);
        return OracleComparison.GroupDifferences(OracleMeasure.Run(lines), dimension, EngineMeasure.Run(lines).Json(by));
    });

    [SkippableFact]
    public void Totals_ThePensieveLogs_AreExactlyThoseOfTheRows()
    {
        List<PensieveSession> sessions = PensieveSession.ReadAll(SharedData.Require("abr-pensieve"));
        PensieveTotals expected = sessions.Aggregate(PensieveTotals.None, (sum, session) => sum + session.Expected());

        QualityMetrics metrics = EngineMeasure.Run(sessions.SelectMany((session, i) => session.Lines(StartUs + (i * 10_000_000L)))).Totals;

        Assert.Equal(expected.Sessions, metrics.Plays);
        Assert.Equal(TimeSpan.FromMicroseconds(expected.PlayUs), metrics.Play);
        Assert.Equal(TimeSpan.FromMicroseconds(expected.StallUs), metrics.Stall);
        Assert.Equal(TimeSpan.FromMicroseconds(expected.PlayUs + expected.StallUs + expected.StartingUs), metrics.Watch);
        Assert.Equal(expected.Stalls, metrics.Stalls);
        Assert.Equal(expected.Switches, metrics.BitrateSwitches);
        Assert.Equal((double)expected.KbpsUs / expected.PlayUs, metrics.AverageBitrateKbps);
    }

    private static void Compare(int firstSeed, int seeds, Func<int, List<string>> differencesOf)
    {
        List<string> all = [];
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            all.AddRange(differencesOf(seed).Select(difference => $"seed {seed}: {difference}"));
        }

        Assert.True(all.Count == 0, string.Join('\n', all.Take(60)));
    }
}
