using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Ingest.Snowplow;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Tests.Ingest.Mapping;

namespace StreamSense.Core.Tests.Sources;

/// <summary>Says a fact in the form of a source.</summary>
internal delegate string? Form(EveningView view, Fact fact, int number);

/// <summary>The evening, read from one source through its own door into a closed set.</summary>
internal sealed class EveningReading : IEventReceiver
{
    private readonly Vocabulary _vocabulary = new();
    private readonly Pseudonymizer _pseudonyms = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));
    private readonly ClosedSet _set;

    private EveningReading() => _set = new ClosedSet(_vocabulary);

    public List<StreamEvent> Events { get; } = [];

    public IngestCounters Counters { get; private set; } = new();

    public MetricsSnapshot Metrics { get; private set; } = MetricsSnapshot.Merge([]);

    public static EveningReading Canonical(IReadOnlyList<EveningView> views) => Read(views, CanonicalForm.Player, Ndjson);

    public static EveningReading CanonicalRequests(IReadOnlyList<EveningView> views) => Read(views, CanonicalForm.Request, Ndjson);

    public static EveningReading Mux(IReadOnlyList<EveningView> views) => Read(views, MuxForm.Player, reading => reading.Translated(
        new MappingTranslator(SourceMapping.Load(Mapped.PathOf("samples/mappings/mux-events.json")))));

    public static EveningReading Snowplow(IReadOnlyList<EveningView> views) => Read(
        views, SnowplowForm.Player, reading => reading.Translated(new SnowplowTranslator(reading._pseudonyms)), isLive: true);

    public static EveningReading Cmcd(IReadOnlyList<EveningView> views) => Read(
        views,
        CmcdForm.Player,
        reading => new CmcdIngest(new CmcdSessions(reading._vocabulary, reading._pseudonyms), reading),
        isLive: true);

    public static EveningReading CloudFront(IReadOnlyList<EveningView> views) => Read(
        views,
        CloudFrontForm.Request,
        reading => reading.Translated(new CloudFrontRealtimeTranslator(reading._pseudonyms)),
        preamble: CloudFrontForm.Header);

    /// <summary>The metrics of each view: each has a title of its own.</summary>
    public IEnumerable<(string? Title, QualityMetrics Metrics)> Sessions() => Metrics.By(MetricsDimension.Title)
        .Select(group => (group.Key, group.Metrics))
        .OrderBy(session => session.Key, StringComparer.Ordinal);

    WriteOutcome IEventReceiver.Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        Events.Add(streamEvent);
        return _set.Write(streamEvent, annex);
    }

    private static EveningReading Read(
        IReadOnlyList<EveningView> views, Form form, Func<EveningReading, IEventIngest> ingestOf, bool isLive = false, string preamble = "")
    {
        var reading = new EveningReading();
        IEventIngest ingest = ingestOf(reading);
        reading.Counters = ingest.Counters;
        foreach ((long received, string body) in Bodies(views, form))
        {
            ingest.Begin(new IngestOrigin { ReceivedAt = isLive ? new EventTime(received * 1000) : default });
            ingest.Feed(Encoding.UTF8.GetBytes(preamble + body));
            Assert.Empty(ingest.Complete().Errors);
        }

        ingest.ReleaseAll();
        var stage = new SessionStage(reading._vocabulary);
        reading._set.Deliver(stage);
        stage.CloseAll();
        reading.Metrics = MetricsSnapshot.Merge([stage.Snapshot()]);
        return reading;
    }

    // In the order in which they were received.
    private static List<(long Received, string Body)> Bodies(IReadOnlyList<EveningView> views, Form form)
    {
        var bodies = new List<(long Received, string Body)>();
        foreach (EveningView view in views)
        {
            int number = 0;
            foreach (Fact fact in view.Facts)
            {
                if (form(view, fact, number) is { } body)
                {
                    bodies.Add((EveningView.Received(fact), body));
                    number++;
                }
            }
        }

        return [.. bodies.OrderBy(body => body.Received)];
    }

    private static NdjsonIngest Ndjson(EveningReading reading) => new(reading.Decoder(), reading);

    private TranslatedIngest Translated(IRecordTranslator translator) => new(translator, Decoder(), this);

    private NdjsonDecoder Decoder() =>
        new(_vocabulary, _pseudonyms, new NdjsonOptions { TrustReceived = true, KeepEventIdText = true });
}
