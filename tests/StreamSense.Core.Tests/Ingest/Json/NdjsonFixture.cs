using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Json;

/// <summary>A decoder with its tables, for one test.</summary>
internal sealed class NdjsonFixture
{
    public NdjsonFixture(NdjsonOptions? options = null)
    {
        Decoder = new NdjsonDecoder(Vocabulary, Pseudonyms, options ?? new NdjsonOptions { TrustReceived = true });
    }

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonyms { get; } = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));

    public NdjsonDecoder Decoder { get; }

    public EventContext ContextOf(in StreamEvent e) => Vocabulary.Contexts[e.Context];

    public RejectReason TryDecode(string line, out StreamEvent streamEvent, out string annex, EventTime receivedAt = default)
    {
        RejectReason reason = Decoder.Decode(Encoding.UTF8.GetBytes(line), receivedAt, out streamEvent, out ReadOnlySpan<byte> bytes);
        annex = Encoding.UTF8.GetString(bytes);
        return reason;
    }

    public StreamEvent Decode(string line, EventTime receivedAt = default)
    {
        RejectReason reason = TryDecode(line, out StreamEvent streamEvent, out _, receivedAt);
        Assert.True(reason == RejectReason.None, $"{reason}: {Decoder.DescribeLastError()} in {line}");
        return streamEvent;
    }
}
