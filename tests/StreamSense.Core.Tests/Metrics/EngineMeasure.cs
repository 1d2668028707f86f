using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>Canonical lines as one closed set, through decoder, order and session stage.</summary>
internal sealed class EngineMeasure
{
    private static readonly PseudonymKey Key = PseudonymKey.FromSecret(Encoding.UTF8.GetBytes(new string('k', 32)));

    private readonly ReportTotals _totals;

    private EngineMeasure(MetricsSnapshot snapshot, ReportTotals totals, SessionStage[] stages)
    {
        Snapshot = snapshot;
        _totals = totals;
        Stages = stages;
    }

    internal MetricsSnapshot Snapshot { get; }

    internal QualityMetrics Totals => Snapshot.Totals;

    internal SessionStage[] Stages { get; }

    /// <summary>Measures lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="shards">Over how many stages the views are spread; requests reach the others as broadcasts.</param>
    /// <param name="close">Whether the open views are closed before the snapshot.</param>
    /// <param name="sessions">Options of the stages.</param>
    /// <param name="metrics">Options of the stages.</param>
    /// <param name="facts">Takes the facts of all stages.</param>
    /// <param name="closed">Takes the sessions of all stages.</param>
    internal static EngineMeasure Run(
        IEnumerable<string> lines,
        int shards = 1,
        bool close = true,
        SessionOptions? sessions = null,
        MetricsOptions? metrics = null,
        IViewFactConsumer? facts = null,
        IPlaybackSessionConsumer? closed = null)
    {
        var vocabulary = new Vocabulary();
        ClosedSet set = Read(lines, vocabulary, out NdjsonIngest ingest);
        SessionStage[] stages =
            [.. Enumerable.Range(0, shards).Select(_ => new SessionStage(vocabulary, sessions, metrics, facts, closed))];
        Array.ForEach(stages, stage => set.DeliverTitles(stage.Titles));
        set.Deliver(new Spread(stages));
        if (close)
        {
            Array.ForEach(stages, stage => stage.CloseAll());
        }

        var totals = new ReportTotals
        {
            Offered = ingest.Counters.Offered,
            Accepted = set.Totals.Accepted,
            Duplicates = set.Totals.Duplicates,
            Late = set.Totals.Late,
            Rejected = Enum.GetValues<RejectReason>().ToDictionary(reason => reason, ingest.Counters.RejectedFor),
            From = set.Totals.From,
            To = set.Totals.To,
        };
        return new EngineMeasure(MetricsSnapshot.Merge(stages.Select(stage => stage.Snapshot())), totals, stages);
    }

    /// <summary>Lines as a closed set.</summary>
    internal static ClosedSet Read(IEnumerable<string> lines, Vocabulary vocabulary, out NdjsonIngest ingest)
    {
        var set = new ClosedSet(vocabulary);
        var options = new NdjsonOptions { TrustReceived = true, KeepEventIdText = true };
        ingest = new NdjsonIngest(new NdjsonDecoder(vocabulary, new Pseudonymizer(Key), options), set);
        ingest.Begin();
        foreach (string line in lines)
        {
            ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }

        ingest.Complete();
        return set;
    }

    /// <summary>The events of lines in their resolved order.</summary>
    internal static List<StreamEvent> EventsOf(IEnumerable<string> lines, Vocabulary vocabulary)
    {
        var collected = new Collector();
        Read(lines, vocabulary, out _).Deliver(collected);
        return collected.Events;
    }

    /// <summary>The report in its public form.</summary>
    internal string Json(MetricsDimension by = MetricsDimension.None, int windows = 0)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            MetricsReportWriter.WriteReport(writer, Snapshot, _totals, by, windows);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The report of a snapshot, by title and by window; quantiles, which may be the border of a bucket, left out.</summary>
    internal static string ReportOf(MetricsSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var totals = new ReportTotals { Rejected = new Dictionary<RejectReason, long>() };
            MetricsReportWriter.WriteReport(writer, snapshot, totals, MetricsDimension.Title, windows: 10_000);
        }

        // What was taken back to nothing is there with zeros, and what never was is not.
        JsonNode root = JsonNode.Parse(buffer.WrittenSpan)!;
        Prune(root);
        return root.ToJsonString();
    }

    // Whether a node says nothing but names, nulls and zeros.
    private static bool Prune(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (string name in members.Select(member => member.Key).ToList())
                {
                    if (name is "p50" or "p75" or "p90" or "p95" or "p99" || (Prune(members[name]) && name is not ("key" or "from" or "to")))
                    {
                        members.Remove(name);
                    }
                }

                return members.All(member => member.Key is "key" or "from" or "to");
            case JsonArray items:
                for (int i = items.Count - 1; i >= 0; i--)
                {
                    if (Prune(items[i]))
                    {
                        items.RemoveAt(i);
                    }
                }

                return items.Count == 0;
            case null:
                return true;
            default:
                return node.GetValueKind() == JsonValueKind.Number && node.GetValue<double>() == 0;
        }
    }

    private sealed class Collector : IEventConsumer
    {
        internal List<StreamEvent> Events { get; } = [];

        public void Consume(in EventBatch batch) => Events.AddRange(batch.Events);
    }

    private sealed class Spread(SessionStage[] stages) : IEventConsumer
    {
        public void Consume(in EventBatch batch)
        {
            foreach (StreamEvent e in batch.Events)
            {
                // The stages have them already, with the annexes that are left out here.
                if (e.Kind == EventKind.Title)
                {
                    continue;
                }

                int shard = (int)(e.View.Value % (ulong)stages.Length);
                for (int i = 0; i < stages.Length; i++)
                {
                    if (i == shard)
                    {
                        stages[i].Consume(new EventBatch(0, [e], annex: null));
                    }
                    else if (e.Kind == EventKind.PlaybackRequest)
                    {
                        StreamEvent copy = e;
                        copy.Flags |= EventFlags.Broadcast;
                        stages[i].Consume(new EventBatch(0, [copy], annex: null));
                    }
                }
            }
        }
    }
}
