using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

public sealed class NdjsonIngestTests
{
    private const string Good = "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123}";

    [Fact]
    public void Feed_AnySplit_GivesTheSameResult()
    {
        byte[] body = Encoding.UTF8.GetBytes(
            "\uFEFF" + string.Join('\n', EventLines.All.Take(20)) + "\r\n\n{\"kind\":1}\n" + new string('x', 5000) + "\n" + Good);
        (IngestResult whole, byte[] events) = Read(body, []);
        Assert.Equal((23, 21, 2), (whole.Offered, whole.Written, whole.Rejected));

        Prop.ForAll<int[]>(cuts =>
        {
            (IngestResult parts, byte[] again) = Read(body, cuts);
            return whole.Errors.SequenceEqual(parts.Errors) && whole with { Errors = [] } == (parts with { Errors = [] })
                && events.AsSpan().SequenceEqual(again);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Feed_BadLinesAmongGoodOnes_GoodOnesCount()
    {
        var failed = new FailedEvents();
        var receiver = new CollectingReceiver();
        var ingest = new NdjsonIngest(new NdjsonFixture().Decoder, receiver, failed: failed);
        byte[] huge = new byte[10 * 1024 * 1024];
        huge.AsSpan().Fill((byte)'a');
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes(Good + "\n{\"kind\":\n" + Good + "\n"), huge, "\n"u8.ToArray(), [0xff, 0xfe, (byte)'\n'],
            Encoding.UTF8.GetBytes("\r\n \n" + Good + "\n" + Good[..20]),
        ];

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] body in bodies)
        {
            ingest.Feed(body);
        }

        IngestResult result = ingest.Complete();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
        Assert.Equal((7, 3, 4), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(
            [(2, RejectReason.Malformed), (4, RejectReason.TooLarge), (5, RejectReason.InvalidUtf8), (9, RejectReason.Malformed)],
            result.Errors.Select(error => ((int)error.Line, error.Reason)));
        Assert.Equal(4, failed.Count);
        FailedEvent tooLarge = failed.Newest().Single(entry => entry.Reason == RejectReason.TooLarge);
        Assert.True(tooLarge.IsRawTruncated);
        Assert.Equal(FailedEvents.MaxRawBytes, tooLarge.Raw.Length);
        Assert.Equal(1, ingest.Counters.RejectedFor(RejectReason.InvalidUtf8));
        Assert.Equal(ingest.Counters.Offered, ingest.Counters.Written + ingest.Counters.Rejected);
    }

    [Fact]
    public void Feed_ReceiverIsFull_SaysHowManyWereTaken()
    {
        var ingest = new NdjsonIngest(new NdjsonFixture().Decoder, new CollectingReceiver(capacity: 2));

        ingest.Begin(new EventTime(1772600768000000));
        ingest.Feed(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Good + "\n", 5))));
        IngestResult result = ingest.Complete();

        Assert.True(result.IsFull);
        Assert.Equal((5, 2, 2, 3), (result.Offered, result.Written, result.Taken, result.Rejected));
        Assert.Equal(3, ingest.Counters.RejectedFor(RejectReason.Full));
    }

    [Fact]
    public void Feed_Sequence_IsReadAsOneBody()
    {
        var receiver = new CollectingReceiver();
        var ingest = new NdjsonIngest(new NdjsonFixture().Decoder, receiver);

        ingest.Feed(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Good + "\n" + Good)));

        Assert.Equal(2, ingest.Complete().Written);
    }

    [Fact]
    public void Complete_SecondBody_BeginsAnew()
    {
        var ingest = new NdjsonIngest(new NdjsonFixture().Decoder, new CollectingReceiver());
        ingest.Feed("{}\n"u8);
        ingest.Complete();
        ingest.Feed("\n[]"u8);

        IngestResult second = ingest.Complete();

        Assert.Equal(2, Assert.Single(second.Errors).Line);
        Assert.Equal(1, second.Offered);
        Assert.Equal(2, ingest.Counters.Offered);
    }

    private static (IngestResult Result, byte[] Events) Read(byte[] body, int[] cuts)
    {
        var receiver = new CollectingReceiver();
        var ingest = new NdjsonIngest(new NdjsonFixture(new NdjsonOptions { TrustReceived = true, MaxLineBytes = 2000 }).Decoder, receiver);
        int start = 0;
        foreach (int cut in cuts.Select(cut => (int)((uint)cut % (uint)body.Length)).Order())
        {
            ingest.Feed(body.AsSpan(start, cut - start));
            start = cut;
        }

        ingest.Feed(body.AsSpan(start));
        IngestResult result = ingest.Complete();
        return (result, [.. receiver.Events.SelectMany(pair => MemoryMarshal.AsBytes([pair.Event]).ToArray())]);
    }
}
