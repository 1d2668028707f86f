using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.Stress.Fuzzing.Subjects;

/// <summary>A reader of bodies, with all of the door behind it.</summary>
internal sealed class IngestSubject : IFuzzSubject
{
    private static readonly IngestOrigin _origin = new()
    {
        ReceivedAt = new EventTime(1_772_359_200_000_000),
        Consent = ConsentPurposes.Measurement | ConsentPurposes.Personalisation,
    };

    private readonly HashingReceiver _receiver;
    private readonly HashingStore _failed;
    private readonly IEventIngest _ingest;

    /// <summary>Creates a subject.</summary>
    /// <param name="open">Makes the reader.</param>
    /// <param name="hasRandomIds">Whether two bodies that say the same give events of different ids.</param>
    /// <param name="hasRaw">Whether the bytes of a failed record are the same wherever its body was cut.</param>
    public IngestSubject(
        Func<HashingReceiver, FailedEvents, IEventIngest> open, bool hasRandomIds = false, bool hasRaw = true)
    {
        _receiver = new HashingReceiver(hasRandomIds);
        _failed = new HashingStore(hasRaw);
        _ingest = open(_receiver, new FailedEvents(maxBytes: 4 * FailedEvents.MaxRawBytes, maxCount: 16, _failed));
    }

    public FuzzReading Read(FuzzInput input, bool isCut, GuardedBytes memory)
    {
        IngestCounters counters = _ingest.Counters;
        long offered = counters.Offered;
        _receiver.Begin(input.Receiver);
        _failed.Begin();
        _ingest.Begin(_origin);
        Feed(input, isCut, memory);
        IngestResult result = _ingest.Complete();
        _ingest.ReleaseAll();
        var hash = new ReadingHash();
        hash.Add(_receiver.Digest);
        hash.Add(_failed.Digest);
        hash.Add(result.Offered);
        hash.Add(result.Written);
        hash.Add(result.Dropped);
        hash.Add(result.Held);
        hash.Add(result.Rejected);
        hash.Add(result.Taken);
        for (int i = 0; i < result.Errors.Count; i++)
        {
            hash.Add(result.Errors[i].Line);
            hash.Add((ulong)result.Errors[i].Reason);
            hash.Add(result.Errors[i].Message);
        }

        string? broken = _failed.Broken ?? Account(result) ?? Account(counters, mayHold: input.Receiver == HashingReceiver.BecomesFull);
        broken ??= counters.Offered - offered == result.Offered ? null : "the counters saw other records than the body had";
        return new FuzzReading(hash.Value, _failed.Count + 8, broken);
    }

    public void Dispose()
    {
    }

    private void Feed(FuzzInput input, bool isCut, GuardedBytes memory)
    {
        int from = 0;
        for (int i = 0; isCut && i < input.Cuts.Length; i++)
        {
            _ingest.Feed(memory.Place(input.Bytes.AsSpan(from..input.Cuts[i]), input.AtStart));
            from = input.Cuts[i];
        }

        _ingest.Feed(memory.Place(input.Bytes.AsSpan(from), input.AtStart));
    }

    private static string? Account(IngestResult result)
    {
        bool isWhole = result.Offered == result.Written + result.Dropped + result.Held + result.Rejected
            && result.Taken >= 0 && result.Taken <= result.Offered;
        return isWhole ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the accounts of the body do not add up: {result.Offered} offered, {result.Written} written, {result.Dropped} dropped, "
            + $"{result.Held} held, {result.Rejected} rejected, {result.Taken} taken");
    }

    private static string? Account(IngestCounters counters, bool mayHold)
    {
        // What waits is handed on at the end; only a receiver without room leaves it waiting.
        bool isWhole = (mayHold ? counters.Held >= 0 : counters.Held == 0)
            && counters.Offered == counters.Written + counters.Dropped + counters.Held + counters.Rejected;
        return isWhole ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the accounts do not add up: {counters.Offered} offered, {counters.Written} written, {counters.Dropped} dropped, "
            + $"{counters.Held} held, {counters.Rejected} rejected");
    }
}
