using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Ingest.RevenueCat;
using StreamSense.Core.Ingest.Snowplow;

namespace StreamSense.Tool.Inputs;

/// <summary>The formats that the tool reads.</summary>
internal static class SourceFormats
{
    /// <summary>The format of one canonical event a line.</summary>
    public const string Ndjson = "ndjson";

    private const int CmcdSessionsOfASet = 1 << 20;
    private const int CmcdRecordsThatWait = 1 << 20;

    /// <summary>All of them, in the order in which help lists them.</summary>
    public static IReadOnlyList<SourceFormat> All { get; } =
    [
        new(Ndjson, "canonical events, one a line", context =>
            new NdjsonIngest(context.Decoder(), context.Receiver, failed: context.Failed)),
        new("cmcd-events", "CMCD event mode, a record a line", OpenCmcdEvents) { Aliases = [CmcdIngest.Format] },
        new("cmcd-query", "requests with CMCD in their query, a URL, a query or a value a line", context =>
            OpenCmcd(CmcdForm.Query, context)),
        new("cmcd-headers", "requests with CMCD headers, a block of header lines or an object each", context =>
            OpenCmcd(CmcdForm.Headers, context)),
        new("msgpack", "canonical events in MessagePack batches", context => new MessagePackIngest(
            new MessagePackDecoder(context.Vocabulary, context.Pseudonymizer, SourceContext.FileOptions),
            context.Receiver,
            failed: context.Failed)),
        new("combined", "access logs of Apache or nginx, common or combined", context =>
            context.Translated(new CombinedLogTranslator(context.Pseudonymizer))) { Aliases = ["access-log", "apache", "nginx"] },
        new("w3c", "extended log files, CloudFront standard logs among them", context =>
            context.Translated(new W3cLogTranslator(context.Pseudonymizer))) { Aliases = ["cloudfront-standard"] },
        new("cloudfront", "CloudFront real-time logs", context =>
            context.Translated(new CloudFrontRealtimeTranslator(context.Pseudonymizer))) { Aliases = ["cloudfront-realtime"] },
        new("snowplow", "Snowplow media events, tracker payloads or enriched", context =>
            context.Translated(new SnowplowTranslator(context.Pseudonymizer))),
        new("revenuecat", "subscription webhooks of RevenueCat", context => context.Translated(new RevenueCatTranslator())),
        new("mapped", "delimited text or JSON, read by the mapping of --map", OpenMapped) { NeedsMapping = true },
    ];

    /// <summary>Every name that <c>--format</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.SelectMany(format => format.Aliases.Prepend(format.Name))];

    /// <summary>Finds a format.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static SourceFormat Find(string name) =>
        All.First(format => format.Aliases.Prepend(format.Name).Contains(name, StringComparer.Ordinal));

    /// <summary>The format that reads records which failed in a format.</summary>
    /// <param name="format">The name that the records carry.</param>
    /// <param name="hasMapping">Whether there is a mapping: then a name that no format has is that of a mapping.</param>
    /// <returns>Null if there is none.</returns>
    public static SourceFormat? Reading(string format, bool hasMapping) =>
        All.FirstOrDefault(known => known.Aliases.Prepend(known.Name).Contains(format, StringComparer.Ordinal))
        ?? All.FirstOrDefault(known => hasMapping && known.NeedsMapping);

    private static IEventIngest OpenMapped(SourceContext context)
    {
        if (context.MapFile is null)
        {
            throw new InputException("--format mapped needs --map FILE, the mapping");
        }

        try
        {
            return context.Translated(new MappingTranslator(SourceMapping.Load(context.MapFile)));
        }
        catch (Exception exception) when (exception is MappingException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(exception.Message, exception);
        }
    }

    private static CmcdRequestIngest OpenCmcd(CmcdForm form, SourceContext context) => new(
        form,
        context.Vocabulary,
        context.Pseudonymizer,
        context.Receiver,
        new CmcdOptions { DefaultConsent = ConsentPurposes.Measurement },
        failed: context.Failed);

    // The whole set is there before anything is given up as missing: bounds for a server's memory would only lose order here.
    private static CmcdIngest OpenCmcdEvents(SourceContext context) => new(
        new CmcdSessions(context.Vocabulary, context.Pseudonymizer, new CmcdOptions
        {
            DefaultConsent = ConsentPurposes.Measurement,
            MaxSessions = CmcdSessionsOfASet,
            MaxHeldRecords = CmcdRecordsThatWait,
            MaxHeldPerSession = CmcdRecordsThatWait,
        }),
        context.Receiver,
        failed: context.Failed);
}
