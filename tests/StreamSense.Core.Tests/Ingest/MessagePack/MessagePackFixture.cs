using System.Buffers;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

/// <summary>Both formats over the same tables, for one test.</summary>
internal sealed class MessagePackFixture
{
    public MessagePackFixture(NdjsonOptions? records = null, MessagePackOptions? options = null)
    {
        records ??= new NdjsonOptions { TrustReceived = true };
        Lines = new NdjsonDecoder(Vocabulary, Pseudonyms, records);
        Ingest = new MessagePackIngest(
            new MessagePackDecoder(Vocabulary, Pseudonyms, records, options), Receiver, failed: Failed, maxErrors: 100);
    }

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonyms { get; } = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));

    public NdjsonDecoder Lines { get; }

    public MessagePackIngest Ingest { get; }

    public CollectingReceiver Receiver { get; } = new();

    public FailedEvents Failed { get; } = new();

    public IngestResult Read(ReadOnlySpan<byte> body)
    {
        Receiver.Events.Clear();
        Ingest.Begin();
        Ingest.Feed(body);
        return Ingest.Complete();
    }

    public static byte[] BatchOf(params IEnumerable<string> lines)
    {
        var writer = new EventBatchWriter();
        foreach (string line in lines)
        {
            writer.AddLine(Encoding.UTF8.GetBytes(line));
        }

        return Flush(writer);
    }

    public static byte[] Flush(EventBatchWriter writer)
    {
        var output = new ArrayBufferWriter<byte>();
        int written = writer.Flush(output);
        Assert.Equal(output.WrittenCount, written);
        return output.WrittenSpan.ToArray();
    }
}
