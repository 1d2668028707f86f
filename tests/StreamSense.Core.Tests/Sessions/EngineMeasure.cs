using System.Text;
using System.Text.Json;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>The real engine over a closed set of lines, as the tool runs it, down to the public report.</summary>
internal static class EngineMeasure
{
    internal static string Run(IEnumerable<string> ndjsonLines, MetricsDimension by = MetricsDimension.None)
    {
        var vocabulary = new Vocabulary();
        var set = new ClosedSet(vocabulary);
        var decoder = new NdjsonDecoder(
            vocabulary, new Pseudonymizer(PseudonymKey.FromSecret("a secret for tests only"u8)),
            new NdjsonOptions { TrustReceived = true, KeepEventIdText = true });
        var ingest = new NdjsonIngest(decoder, set);
        ingest.Begin();
        foreach (string line in ndjsonLines)
        {
            ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }

        ingest.Complete();
        var stage = new SessionStage(vocabulary);
        set.Deliver(stage);
        stage.CloseAll();
        return Report(MetricsSnapshot.Merge([stage.Snapshot()]), set.Totals, ingest.Counters, by);
    }

    private static string Report(MetricsSnapshot snapshot, AdmissionTotals admitted, IngestCounters counters, MetricsDimension by)
    {
        var totals = new ReportTotals
        {
            Offered = counters.Offered,
            Accepted = admitted.Accepted,
            Duplicates = admitted.Duplicates,
            Late = admitted.Late,
            Rejected = Enum.GetValues<RejectReason>().ToDictionary(reason => reason, counters.RejectedFor),
            From = admitted.From,
            To = admitted.To,
        };
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            MetricsReportWriter.WriteReport(writer, snapshot, totals, by);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
