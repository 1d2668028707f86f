using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Tests.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Mapping;

/// <summary>What mappings make of records, as text.</summary>
internal static class Mapped
{
    /// <summary>A mapping of a delimited source with one rating, whose fields are given.</summary>
    public static string Rating(string source, string fields) => $$"""
        { "name": "t", "source": { "format": "delimited", {{source}} },
          "events": [ { "kind": "rating", "fields": { "time": 0, "scale": "stars5", {{fields}} } } ] }
        """;

    /// <summary>A mapping of a JSON source to custom events, whose fields are given.</summary>
    public static string Custom(string fields, string source = "") => $$"""
        { "name": "t", "source": { "format": "json" {{source}} },
          "events": [ { "kind": "custom", "fields": { "time": 0, "name": { "value": "n" }, {{fields}} } } ] }
        """;

    public static SourceMapping Load(string mapping) => SourceMapping.Load(Encoding.UTF8.GetBytes(mapping), "m.json");

    /// <summary>The outcome of each record: its events, or the reason and message of its refusal.</summary>
    public static string[] Read(string mapping, params string[] pieces)
    {
        var translator = new MappingTranslator(Load(mapping));
        var output = new CanonicalRecords();
        var outcomes = new List<string>();
        foreach (string piece in pieces)
        {
            translator.Translate(Encoding.UTF8.GetBytes(piece), output);
            Drain(output, outcomes);
        }

        translator.Complete(output);
        Drain(output, outcomes);
        return [.. outcomes];
    }

    /// <summary>One event without what every one of these mappings says.</summary>
    public static string ReadOne(string mapping, params string[] pieces) =>
        Assert.Single(Read(mapping, pieces)).Replace(",\"source\":\"t\"", "", StringComparison.Ordinal);

    /// <summary>Reads a body through the decoder.</summary>
    public static (CollectingReceiver Receiver, IngestResult Result, NdjsonFixture Fixture) Ingest(SourceMapping mapping, byte[] body)
    {
        var fixture = new NdjsonFixture(new NdjsonOptions { TrustReceived = true, MaxLineBytes = 1024 * 1024 });
        var receiver = new CollectingReceiver();
        var ingest = new TranslatedIngest(new MappingTranslator(mapping), fixture.Decoder, receiver);
        ingest.Begin(new IngestOrigin());
        ingest.Feed(body);
        return (receiver, ingest.Complete(), fixture);
    }

    /// <summary>A file of the repository.</summary>
    public static string PathOf(string file)
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "StreamSense.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, file);
    }

    private static void Drain(CanonicalRecords output, List<string> outcomes)
    {
        for (int i = 0; i < output.Count; i++)
        {
            CanonicalRecords.Record record = output[i];
            outcomes.Add(record.Reason == RejectReason.None
                ? string.Join(" + ", Enumerable.Range(record.FirstEvent, record.EventCount).Select(at => Text(output, at)))
                : $"{record.Reason}: {record.Message}");
        }

        output.Clear();
    }

    private static string Text(CanonicalRecords output, int index) => Encoding.UTF8.GetString(output.EventAt(index));
}
