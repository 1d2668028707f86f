using System.Text;
using StreamSense.Contracts.Delivery;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;
using StreamSense.Sinks.Files;

namespace StreamSense.Sinks.Tests.Files;

public sealed class NdjsonFileSinkContractTests : BatchSinkContract, IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    protected override IBatchSink CreateSink() =>
        new NdjsonFileSink(_scratch.Path, SinkEvents.Vocabulary, new NdjsonFileOptions { MaxFileBytes = 2_000 });

    protected override IReadOnlyList<(ulong Id, string Annex)> ReadBack(IBatchSink sink)
    {
        var receiver = new Receiver();
        var decoder = new NdjsonDecoder(
            new Vocabulary(),
            new Pseudonymizer(PseudonymKey.CreateRandom()),
            new NdjsonOptions { TrustPseudonyms = true, TrustReceived = true });
        var ingest = new NdjsonIngest(decoder, receiver);
        ingest.Begin();
        new NdjsonFileSource(_scratch.Path).Replay(ingest.Feed);
        Assert.Equal(0, ingest.Complete().Rejected);
        return receiver.Events;
    }

    private sealed class Receiver : IEventReceiver
    {
        public List<(ulong Id, string Annex)> Events { get; } = [];

        public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
        {
            Events.Add((streamEvent.Id.Value, Encoding.UTF8.GetString(annex)));
            return WriteOutcome.Written;
        }
    }
}
