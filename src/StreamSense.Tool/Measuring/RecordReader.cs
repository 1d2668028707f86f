using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Tool.Measuring;

/// <summary>Reads the records of one input after the other, in whatever format they are.</summary>
internal abstract class RecordReader
{
    private const int CmcdSessionsOfASet = 1 << 20;
    private const int CmcdRecordsThatWait = 1 << 20;

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
                Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement),
                TrustReceived = true,
                KeepEventIdText = true,
            }),
            receiver));

    /// <summary>A reader of CMCD event mode, a record a line.</summary>
    /// <param name="vocabulary">Where names go.</param>
    /// <param name="pseudonymizer">What ids become.</param>
    /// <param name="receiver">Takes the events.</param>
    public static RecordReader OfCmcd(Vocabulary vocabulary, Pseudonymizer pseudonymizer, IEventReceiver receiver)
    {
        // The whole set is there before anything is given up as missing: bounds for a server's memory would only lose order here.
        var sessions = new CmcdSessions(vocabulary, pseudonymizer, new CmcdOptions
        {
            DefaultConsent = ConsentPurposes.Measurement,
            MaxSessions = CmcdSessionsOfASet,
            MaxHeldRecords = CmcdRecordsThatWait,
            MaxHeldPerSession = CmcdRecordsThatWait,
        });
        return new Cmcd(new CmcdIngest(sessions, receiver));
    }

    /// <summary>Begins an input.</summary>
    public abstract void Begin();

    /// <summary>Reads the next bytes of the input.</summary>
    public abstract void Feed(ReadOnlySpan<byte> chunk);

    /// <summary>Ends the input.</summary>
    public abstract IngestResult Complete();

    /// <summary>Ends the set: what still waits for a missing record waits no more.</summary>
    public virtual void End()
    {
    }

    private sealed class Cmcd(CmcdIngest ingest) : RecordReader
    {
        private static readonly IngestOrigin _file = new();

        public override IngestCounters Counters => ingest.Counters;

        public override void Begin() => ingest.Begin(_file);

        public override void Feed(ReadOnlySpan<byte> chunk) => ingest.Feed(chunk);

        public override IngestResult Complete() => ingest.Complete();

        public override void End() => ingest.ReleaseAll();
    }

    private sealed class Ndjson(NdjsonIngest ingest) : RecordReader
    {
        public override IngestCounters Counters => ingest.Counters;

        public override void Begin() => ingest.Begin();

        public override void Feed(ReadOnlySpan<byte> chunk) => ingest.Feed(chunk);

        public override IngestResult Complete() => ingest.Complete();
    }
}
