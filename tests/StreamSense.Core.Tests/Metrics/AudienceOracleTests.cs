using StreamSense.Core.Metrics;
using StreamSense.Core.Sessions;
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
        List<string> lines = new RandomAudience(7).Lines(1_800);
        OracleReport report = OracleMeasure.Run(lines);

        string[] kinds =
        [
            .. lines.Where(line => line.Contains("\"view\"", StringComparison.Ordinal))
                .Select(line => OracleRecord.Read(line, 0, out _)?.Kind).OfType<string>().Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(RandomView.EveryKind.Order(StringComparer.Ordinal), kinds);
        Assert.True(report is { Duplicates: > 100, Rejected.Count: > 0 });
        Assert.All(report.OfTheWhole.Values.Append(report.ViewerCompletionRate), value => Assert.True(value is not (null or 0m)));
        Assert.All(report.Metrics().Where(metric => metric.Key != "stillStarting"), metric => Assert.True(metric.Value > 0m, metric.Key));
    }

    // What is a millisecond off in the engine must be seen: else nothing is shown by agreement.
    [Theory]
    [InlineData("minimum stall")]
    [InlineData("silence")]
    [InlineData("paused silence")]
    [InlineData("unmonitored silence")]
    [InlineData("gap without interval")]
    [InlineData("minimum gap")]
    public void Measure_ByAnEngineThatIsAMillisecondOff_DisagreesWithTheOracle(string what)
    {
        var options = new SessionOptions();
        TimeSpan off = TimeSpan.FromMilliseconds(1);
        switch (what)
        {
            case "minimum stall":
                options.MinimumStall += off;
                break;
            case "silence":
                options.SilenceLimit += off;
                break;
            case "paused silence":
                options.PausedSilenceLimit += off;
                break;
            case "unmonitored silence":
                options.UnmonitoredSilenceLimit += off;
                break;
            case "gap without interval":
                options.GapWithoutInterval += off;
                break;
            default:
                options.MinimumGap += off;
                break;
        }

        Assert.Contains(
            Enumerable.Range(0, 400), seed => Differences(new RandomAudience(seed).Lines(Views), seed, options).Count > 0);
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

    private static List<string> Differences(List<string> lines, int seed, SessionOptions? engine = null)
    {
        (MetricsDimension dimension, string name) = Dimensions[seed % Dimensions.Length];
        var options = new MetricsOptions { WindowLength = WindowLength, WindowCount = 10_000 };
        var sessions = new CollectingSessions();
        OracleReport expected = OracleMeasure.Run(lines);
        string found = EngineMeasure.Run(lines, sessions: engine, metrics: options, closed: sessions).Json(dimension, windows: 10_000);
        return
        [
            .. OracleSessions.Differences(expected, sessions.All),
            .. OracleComparison.Differences(expected, found),
            .. OracleComparison.GroupDifferences(expected, name, found),
            .. OracleComparison.WindowDifferences(expected, WindowLength.Ticks / TimeSpan.TicksPerMicrosecond, found),
        ];
    }
}
