using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

/// <summary>A reader of logs with its tables, for one test.</summary>
internal sealed class LogFixture
{
    private readonly NdjsonEncoder _encoder;

    public LogFixture(Func<Pseudonymizer, IRecordTranslator> translator)
    {
        Translator = translator(Pseudonyms);
        Ingest = new TranslatedIngest(Translator, new NdjsonDecoder(Vocabulary, Pseudonyms), Receiver, failed: Failed, maxErrors: 100);
        _encoder = new NdjsonEncoder(Vocabulary);
    }

    public static LogFixture Combined(AccessLogOptions? options = null) => new(names => new CombinedLogTranslator(names, options));

    public static LogFixture W3c(AccessLogOptions? options = null) => new(names => new W3cLogTranslator(names, options));

    public static LogFixture CloudFront(AccessLogOptions? options = null) => new(names => new CloudFrontRealtimeTranslator(names, options));

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonyms { get; } = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));

    public IRecordTranslator Translator { get; }

    public CollectingReceiver Receiver { get; } = new();

    public FailedEvents Failed { get; } = new();

    public TranslatedIngest Ingest { get; }

    public IReadOnlyList<StreamEvent> Events => [.. Receiver.Events.Select(pair => pair.Event)];

    public StreamEvent Single => Assert.Single(Events);

    public AccessLogTotals Totals => Translator switch
    {
        CombinedLogTranslator combined => combined.Totals,
        W3cLogTranslator w3c => w3c.Totals,
        var other => ((CloudFrontRealtimeTranslator)other).Totals,
    };

    public string DeviceKindOf(in StreamEvent e) => Encoding.UTF8.GetString(Vocabulary.DeviceKinds.Utf8NameOf(ContextOf(e).DeviceKind));

    public string SourceOf(in StreamEvent e) => Encoding.UTF8.GetString(Vocabulary.Sources.Utf8NameOf(ContextOf(e).Source));

    public string CountryOf(in StreamEvent e) => Encoding.UTF8.GetString(Vocabulary.Countries.Utf8NameOf(ContextOf(e).Country));

    public string AsnOf(in StreamEvent e) => Encoding.UTF8.GetString(Vocabulary.Asns.Utf8NameOf(ContextOf(e).Asn));

    public string CdnOf(in StreamEvent e) => Encoding.UTF8.GetString(Vocabulary.Cdns.Utf8NameOf(e.Cdn));

    public static MediaRequestPayload PayloadOf(StreamEvent e) => e.ReadPayload<MediaRequestPayload>();

    public static CacheStatus CacheOf(StreamEvent e) => (CacheStatus)(PayloadOf(e).CacheAndMarks & 15);

    public IngestResult Read(string body, IngestOrigin? origin = null)
    {
        Ingest.Begin(origin ?? new IngestOrigin());
        Ingest.Feed(Encoding.UTF8.GetBytes(body));
        return Ingest.Complete();
    }

    /// <summary>Reads one line that is to become one event.</summary>
    public StreamEvent ReadOne(string line)
    {
        IngestResult result = Read(line);
        Assert.Empty(result.Errors);
        return Single;
    }

    /// <summary>All that was written, as text.</summary>
    public string Written()
    {
        var text = new StringBuilder();
        foreach ((StreamEvent e, string annex) in Receiver.Events)
        {
            text.Append(Encoding.UTF8.GetString(_encoder.Encode(e, Encoding.UTF8.GetBytes(annex)))).Append('\n');
        }

        return text.ToString();
    }

    private ref readonly EventContext ContextOf(in StreamEvent e) => ref Vocabulary.Contexts[e.Context];
}
