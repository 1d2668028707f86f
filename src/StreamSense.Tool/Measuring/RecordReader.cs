using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Tool.Measuring;

/// <summary>Reads the records of one input after the other, in whatever format they are.</summary>
internal abstract class RecordReader
{
    /// <summary>What came in, over all inputs.</summary>
    public abstract IngestCounters Counters { get; }

    /// <summary>A reader of canonical NDJSON.</summary>
    /// <param name="vocabulary">Where names go.</param>
    /// <param name="pseudonymizer">What ids become.</param>
    /// <param name="receiver">Takes the events.</param>
    public static RecordReader OfNdjson(Vocabulary vocabulary, Pseudonymizer pseudonymizer, IEventReceiver receiver) =>
        new Ndjson(new NdjsonIngest(
            new NdjsonDecoder(vocabulary, pseudonymizer, new NdjsonOptions
            {
                DefaultConsent = ConsentPurposes.Measurement,
                TrustReceived = true,
                KeepEventIdText = true,
            }),
            receiver));

    /// <summary>Begins an input.</summary>
    public abstract void Begin();

    /// <summary>Reads the next bytes of the input.</summary>
    public abstract void Feed(ReadOnlySpan<byte> chunk);

    /// <summary>Ends the input.</summary>
    public abstract IngestResult Complete();

    private sealed class Ndjson(NdjsonIngest ingest) : RecordReader
    {
        public override IngestCounters Counters => ingest.Counters;

        public override void Begin() => ingest.Begin();

        public override void Feed(ReadOnlySpan<byte> chunk) => ingest.Feed(chunk);

        public override IngestResult Complete() => ingest.Complete();
    }
}
