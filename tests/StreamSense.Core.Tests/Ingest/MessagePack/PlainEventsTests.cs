using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.MessagePack;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

public sealed class PlainEventsTests
{
    private const string Who =
        "\"source\":\"app\",\"viewer\":\"v1\",\"device\":\"d1\",\"visit\":\"s1\",\"country\":\"DE\",\"deviceKind\":\"tv\"";

    public static TheoryData<string> Lines =>
    [
        // Known by its place in a view, by an id, by nothing but its content.
        $$"""{"kind":"heartbeat","time":"2026-03-04T05:06:07.123Z",{{Who}},"view":"w","seq":70000,"state":"playing","playheadMs":1000.5}""",
        $$"""{"kind":"heartbeat","time":"2026-03-04T05:06:07.123456Z",{{Who}},"view":"w","id":"e1","playheadMs":-1,"intervalMs":10000}""",
        $$"""{"kind":"impression","time":"2026-03-04T05:06:07.123456Z",{{Who}},"request":"r","surface":"home","position":3,"title":"t"}""",
        $$"""{"kind":"click","time":1772600767123,"sent":"2026-03-04T05:06:08Z",{{Who}},"title":"t","weight":2.5}""",
        $$"""{"kind":"click","time":1772600767123.5,{{Who}},"offer":"o","consent":["measurement","social"],"variants":{"b":"1","a":"2"}}""",
        $$"""{"kind":"search","time":"2026-03-04T05:06:07Z",{{Who}},"query":"na\u00efve \"quoted\"","results":3}""",
        $$"""{"kind":"list_add","time":"2026-03-04T05:06:07Z",{{Who}},"title":"t","action":"ignored here","reason":"seek","durationMs":1e3}""",
        $$"""{"kind":"rating","time":"2026-03-04T05:06:07Z",{{Who}},"title":"t","value":3.5,"scale":"stars5"}""",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void ReadPlain_EventOfAPlayer_NeedsNoOtherWay(string line)
    {
        var fixture = new MessagePackFixture();
        var decoder = new MessagePackDecoder(fixture.Vocabulary, fixture.Pseudonyms, new NdjsonOptions());
        byte[] batch = MessagePackFixture.BatchOf(line);
        Assert.True(BatchHead.TryRead(batch, out BatchHead head, out _));
        ReadOnlySpan<byte> body = batch.AsSpan(head.BodyStart, (int)head.BodyBytes);
        Assert.True(decoder.TryOpen(body, out int count));
        var taker = new RecordTaker("test", fixture.Receiver, new IngestCounters(), failed: null, maxErrors: 1);

        Assert.Equal(count, decoder.ReadPlain(body, count, default, taker));

        Assert.Equal(
            RejectReason.None, fixture.Lines.Decode(System.Text.Encoding.UTF8.GetBytes(line), default, out StreamEvent expected, out _));
        Assert.Equal(expected.Id, Assert.Single(fixture.Receiver.Events).Event.Id);
    }

    [Fact]
    public void Feed_ReceiverFullAtAnyEvent_CountsAllAndTakesThoseBefore()
    {
        byte[] batch = MessagePackFixture.BatchOf(
            Enumerable.Range(1, 20).Select(i => $$"""{"kind":"pause","time":1772600767123,{{Who}},"view":"w","seq":{{i}}}"""));
        for (int capacity = 0; capacity < 20; capacity++)
        {
            var fixture = new MessagePackFixture();
            var receiver = new CollectingReceiver(capacity);
            var ingest = new MessagePackIngest(new MessagePackDecoder(fixture.Vocabulary, fixture.Pseudonyms), receiver);

            ingest.Begin(default(EventTime));
            ingest.Feed(batch);
            IngestResult result = ingest.Complete();

            Assert.True(result.IsFull);
            Assert.Equal((20, capacity, capacity, 20 - capacity), (result.Offered, result.Taken, result.Written, result.Rejected));
            Assert.Equal(20 - capacity, ingest.Counters.RejectedFor(RejectReason.Full));
            Assert.Equal(Enumerable.Range(1, capacity).Select(i => (uint)i), receiver.Events.Select(pair => pair.Event.Sequence));
        }
    }
}
