using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Ingest.RevenueCat;
using StreamSense.Core.Ingest.Snowplow;
using StreamSense.Stress.Fuzzing.Grammars;
using StreamSense.Stress.Fuzzing.Subjects;

namespace StreamSense.Stress.Fuzzing;

/// <summary>Every decoder there is.</summary>
internal static class FuzzTargets
{
    // Small tables, so that inputs of a few records reach what happens when they are full.
    private const int FewEntries = 64;
    private static readonly JsonGrammar _events = new(FuzzModels.Events);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("ndjson", Bodies(FuzzModels.Events), _events.Write, OpenNdjson),
        new("msgpack", Batches(), new MessagePackGrammar(_events).WriteBatches, OpenMessagePack),
        Cmcd("cmcd-events", CmcdForm.Events, isStrict: false),
        Cmcd("cmcd-events-strict", CmcdForm.Events, isStrict: true),
        Cmcd("cmcd-query", CmcdForm.Query, isStrict: false),
        Cmcd("cmcd-query-strict", CmcdForm.Query, isStrict: true),
        Cmcd("cmcd-headers", CmcdForm.Headers, isStrict: false),
        Cmcd("cmcd-headers-strict", CmcdForm.Headers, isStrict: true),
        Log("combined", FuzzModels.CombinedLines, LogGrammars.WriteCombined, setting =>
            new CombinedLogTranslator(setting.Pseudonymizer, LogOptions())),
        Log("w3c", FuzzModels.W3cLogs, LogGrammars.WriteW3c, setting => new W3cLogTranslator(setting.Pseudonymizer, LogOptions())),
        Log("cloudfront", FuzzModels.RealtimeLogs, LogGrammars.WriteRealtime, setting =>
            new CloudFrontRealtimeTranslator(setting.Pseudonymizer, LogOptions())),
        Log("snowplow", FuzzModels.Snowplow, new JsonGrammar(FuzzModels.Snowplow).Write, setting =>
            new SnowplowTranslator(setting.Pseudonymizer, new SnowplowOptions { MaxViews = FewEntries })),
        Log("revenuecat", FuzzModels.Subscriptions, new JsonGrammar(FuzzModels.Subscriptions).Write, _ => new RevenueCatTranslator()),
        .. FuzzSamples.Mappings.Select(Mapped),
        .. PartTargets.All,
    ];

    /// <summary>A decoder of canonical text, as a host has it that trusts what it is given.</summary>
    public static NdjsonDecoder Decoder(FuzzSetting setting) =>
        new(setting.Vocabulary, setting.Pseudonymizer, new NdjsonOptions { KeepEventIdText = true });

    private static byte[][] Bodies(IReadOnlyList<string> lines) => [.. lines.Select(line => Encoding.UTF8.GetBytes(line + "\n"))];

    private static byte[][] Batches()
    {
        var batches = new List<byte[]>();
        foreach (string[] lines in FuzzModels.Events.Chunk(7))
        {
            var writer = new EventBatchWriter();
            var batch = new FuzzText();
            foreach (string line in lines)
            {
                writer.AddLine(Encoding.UTF8.GetBytes(line));
            }

            writer.Flush(batch.Writer);
            batches.Add(batch.Written.ToArray());
        }

        return [.. batches];
    }

    private static IngestSubject OpenNdjson(FuzzSetting setting) =>
        new((receiver, failed) => new NdjsonIngest(Decoder(setting), receiver, failed: failed));

    // Of a body that is given up the rest of a piece is kept as it came: that differs with the cuts.
    private static IngestSubject OpenMessagePack(FuzzSetting setting) => new(
        (receiver, failed) => new MessagePackIngest(
            new MessagePackDecoder(
                setting.Vocabulary,
                setting.Pseudonymizer,
                new NdjsonOptions { KeepEventIdText = true },
                new MessagePackOptions { MaxBatchBytes = 32 * 1024 }),
            receiver,
            failed: failed),
        hasRaw: false);

    private static FuzzTarget Cmcd(string name, CmcdForm form, bool isStrict)
    {
        CmcdOptions Options() => new()
        {
            Strict = isStrict,
            MaxSessions = FewEntries,
            MaxHeldRecords = FewEntries,
            MaxHeldPerSession = 8,
        };
        return form == CmcdForm.Events
            ? new FuzzTarget(name, Bodies(FuzzModels.CmcdReports), CmcdGrammar.WriteEvents, setting => new IngestSubject(
                (receiver, failed) => new CmcdIngest(
                    new CmcdSessions(setting.Vocabulary, setting.Pseudonymizer, Options()), receiver, failed: failed)))
            {
                Remembers = true,
            }
            : new FuzzTarget(
                name,
                Bodies(form == CmcdForm.Query ? FuzzModels.CmcdQueries : FuzzModels.CmcdHeaders),
                form == CmcdForm.Query ? CmcdGrammar.WriteQueries : CmcdGrammar.WriteHeaders,
                setting => new IngestSubject(
                    (receiver, failed) => new CmcdRequestIngest(
                        form, setting.Vocabulary, setting.Pseudonymizer, receiver, Options(), failed: failed),
                    hasRandomIds: true));
    }

    private static AccessLogOptions LogOptions() => new() { MaxDevices = FewEntries, MaxLines = FewEntries };

    private static FuzzTarget Log(
        string name, IReadOnlyList<string> corpus, Action<FuzzRandom, FuzzText> write, Func<FuzzSetting, IRecordTranslator> open) =>
        new(name, Bodies(corpus), write, setting => Translated(setting, open(setting))) { Remembers = true };

    private static FuzzTarget Mapped((string Name, string Text) sample)
    {
        SourceMapping mapping = SourceMapping.Load(Encoding.UTF8.GetBytes(sample.Text), sample.Name);
        Action<FuzzRandom, FuzzText> write = new MappingModels(sample.Text).Grammar();
        var corpus = new List<byte[]>();
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var body = new FuzzText();
            write(new FuzzRandom(seed), body);
            corpus.Add(body.Written.ToArray());
        }

        return new FuzzTarget("mapped:" + sample.Name, corpus, write, setting => Translated(setting, new MappingTranslator(mapping)));
    }

    private static IngestSubject Translated(FuzzSetting setting, IRecordTranslator translator) =>
        new((receiver, failed) => new TranslatedIngest(translator, Decoder(setting), receiver, failed: failed));
}
