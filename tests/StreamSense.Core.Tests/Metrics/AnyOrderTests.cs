using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Profiles;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>A file is one closed set: every section says the same of its lines in any order, and of its parts merged.</summary>
public sealed class AnyOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Report_LinesInAnyOrder_IsTheSameInEverySection(int seed)
    {
        for (int i = 0; i < 4; i++)
        {
            string[] lines = [.. new RandomTraffic((seed * 100) + i).Lines(1 + i, others: 60)];
            string report = ReportOf(lines, parts: 1, seed);
            new Random(seed).Shuffle(lines);

            AssertSame(report, ReportOf(lines, parts: 1, seed), seed);
            AssertSame(report, ReportOf(lines, parts: 2 + i, seed), seed);
        }
    }

    [Fact]
    public void Lines_OfAService_HaveEveryKindAndAreAllAccepted()
    {
        List<string> lines = new RandomTraffic(5).Lines(4, others: 1_000);
        ClosedSet set = EngineMeasure.Read(lines, new Vocabulary(), out _);

        Assert.Equal(lines.Count, set.Totals.Accepted);
        Assert.All(
            RandomTraffic.OtherKinds,
            kind => Assert.Contains(lines, line => line.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal)));
    }

    private static void AssertSame(string expected, string found, int seed)
    {
        int same = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            expected == found,
            $"seed {seed}: {expected[Math.Max(0, same - 300)..Math.Min(expected.Length, same + 80)]}\n"
            + found[Math.Max(0, same - 80)..Math.Min(found.Length, same + 80)]);
    }

    private static string ReportOf(IEnumerable<string> lines, int parts, int seed)
    {
        var vocabulary = new Vocabulary();
        ClosedSet set = EngineMeasure.Read(lines, vocabulary, out NdjsonIngest ingest);
        var options = new MetricsOptions { WindowLength = TimeSpan.FromHours(2), WindowCount = 2_000 };
        var first = new SessionStage(vocabulary, metricsOptions: options);
        SessionStage Another() => new(vocabulary, metricsOptions: options, titles: first.Titles);
        SessionStage[] stages = [first, .. Enumerable.Range(1, parts - 1).Select(_ => Another())];
        set.DeliverTitles(first.Titles);
        if (parts == 1)
        {
            set.Deliver(first);
        }
        else
        {
            set.DeliverInParts(stages);
        }

        Array.ForEach(stages, stage => stage.CloseAll());
        MetricsSnapshot snapshot = MetricsSnapshot.Merge(stages.Select(stage => stage.Snapshot()), set.Totals.To);
        var totals = new ReportTotals { Offered = ingest.Counters.Offered, Rejected = new Dictionary<RejectReason, long>() };
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            MetricsReportWriter.WriteReport(
                writer,
                snapshot,
                totals,
                (MetricsDimension)(seed % 5),
                windows: 50,
                more => WriteProfiles(more, snapshot),
                ReportSections.All);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteProfiles(Utf8JsonWriter writer, MetricsSnapshot snapshot)
    {
        writer.WriteStartArray("profiles");
        foreach (MetricProfile profile in MetricProfile.All)
        {
            ProfileWriter.Write(writer, snapshot.Profiles.ReportOf(profile));
        }

        writer.WriteEndArray();
    }
}
