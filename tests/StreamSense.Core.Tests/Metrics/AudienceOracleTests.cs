using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Tests.Sessions;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>Ten thousand random views of every event kind, through the engine and through the oracle.</summary>
public sealed class AudienceOracleTests
{
    private const int Views = 25;
    private static readonly TimeSpan WindowLength = TimeSpan.FromMinutes(10);

    private static readonly (MetricsDimension Dimension, string Name)[] Dimensions =
    [
        (MetricsDimension.Title, "title"), (MetricsDimension.Cdn, "cdn"), (MetricsDimension.Country, "country"),
        (MetricsDimension.DeviceKind, "deviceKind"),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Measure_TwoThousandViews_AgreesWithTheOracle(int thousand)
    {
        for (int seed = thousand * 1_000; seed < (thousand * 1_000) + 80; seed++)
        {
            AssertAgrees(seed);
        }
    }

    [Fact]
    public void Lines_OfAnAudience_ReachEveryKindAndMetric()
    {
        List<string> lines = new RandomAudience(7).Lines(600);
        OracleReport report = OracleMeasure.Run(lines);

        string[] kinds =
        [
            .. lines.Where(line => line.Contains("\"view\"", StringComparison.Ordinal))
                .Select(line => OracleRecord.Read(line, 0, out _)?.Kind).OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(RandomView.EveryKind.Order(StringComparer.Ordinal), kinds);
        Assert.True(report is { Duplicates: > 100, Rejected.Count: > 0 });
        Assert.All(report.Metrics().Where(metric => metric.Key != "stillStarting"), metric => Assert.True(metric.Value > 0m, metric.Key));
    }

    // A failure says first what differs, then the least that shows it: enough to settle by hand who reads the schema wrongly.
    private static void AssertAgrees(int seed)
    {
        List<string> lines = new RandomAudience(seed).Lines(Views);
        if (Differences(lines, seed).Count > 0)
        {
            List<string> fewest = SmallestFailure.Of(lines, some => Differences(some, seed).Count > 0);
            Assert.Fail($"seed {seed}\n{string.Join('\n', Differences(fewest, seed))}\n{string.Join('\n', fewest)}");
        }
    }

    private static List<string> Differences(List<string> lines, int seed)
    {
        (MetricsDimension dimension, string name) = Dimensions[seed % Dimensions.Length];
        var options = new MetricsOptions { WindowLength = WindowLength, WindowCount = 10_000 };
        var sessions = new CollectingSessions();
        OracleReport expected = OracleMeasure.Run(lines);
        string found = EngineMeasure.Run(lines, metrics: options, closed: sessions).Json(dimension, windows: 10_000);
        return
        [
            .. OracleSessions.Differences(expected, sessions.All),
            .. OracleComparison.Differences(expected, found),
            .. OracleComparison.GroupDifferences(expected, name, found),
            .. OracleComparison.WindowDifferences(expected, WindowLength.Ticks / TimeSpan.TicksPerMicrosecond, found),
            .. ViewerDifferences(expected, sessions),
        ];
    }

    private static IEnumerable<string> ViewerDifferences(OracleReport expected, CollectingSessions found)
    {
        var recorder = new EngagementRecorder(new EngagementOptions());
        for (int i = 0; i < found.All.Count; i++)
        {
            recorder.Add(found.All[i], found.Watched[i]);
        }

        double? rate = EngagementMetrics.Of(recorder.Snapshot(), vocabulary: null).Totals.ViewerCompletionRate;
        if (expected.AreViewerCompletionsSure && (decimal?)rate != expected.ViewerCompletionRate
            && !(Math.Abs((decimal)(rate ?? -1) - (expected.ViewerCompletionRate ?? -1)) < 1e-9m))
        {
            yield return $"viewerCompletionRate: expected {expected.ViewerCompletionRate}, found {rate}";
        }
    }
}
