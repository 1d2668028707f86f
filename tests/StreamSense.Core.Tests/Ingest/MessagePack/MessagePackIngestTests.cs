using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Tests.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

public sealed class MessagePackIngestTests
{
    // Array, magic, two versions, a count below 128, and a binary whose length takes two bytes.
    private const int HeadBytes = 1 + 5 + 2 + 1 + 3;

    private const string Good = "{\"kind\":\"pause\",\"view\":\"w\",\"seq\":1,\"source\":\"web\",\"time\":1772600767123}";
    private const string Bad = "{\"kind\":\"pause\",\"source\":\"web\",\"time\":1772600767123}";

    // The first release's bytes of FixtureLines: what was sent or stored once stays readable.
    private const string Version10 = 
        "96a453534542010003c45695a3776562a176a177a174a16e9183070008010b029394000ccf0000019cb73d32938204010d039400"
        + "16cb4279cb73d367b800820402340294c039cf0000019cb73d3a638303a1635c046d81a16192d601312e3530c0c40497ced756";

    private static readonly string[] FixtureLines =
    [
        "{\"kind\":\"playback_request\",\"source\":\"web\",\"viewer\":\"v\",\"view\":\"w\",\"seq\":1,\"time\":1772600767123,\"title\":\"t\"}",
        "{\"kind\":\"heartbeat\",\"source\":\"web\",\"viewer\":\"v\",\"view\":\"w\",\"seq\":2,\"time\":1772600768123.5,\"state\":\"playing\"}",
        "{\"kind\":\"custom\",\"id\":\"c\",\"time\":1772600769123,\"name\":\"n\",\"fields\":{\"a\":[1.50,null]}}",
    ];

    [Fact]
    public void Feed_BytesOfTheFirstRelease_AreReadAndWrittenTheSame()
    {
        byte[] batch = MessagePackFixture.BatchOf(FixtureLines);

        Assert.Equal(Version10, Convert.ToHexStringLower(batch));
        Assert.Equal(3, new MessagePackFixture().Read(Convert.FromHexString(Version10)).Written);
    }

    [Fact]
    public void Feed_AnySplit_GivesTheSameResult()
    {
        byte[] body =
        [
            .. MessagePackFixture.BatchOf(EventLines.All), .. MessagePackFixture.BatchOf(Good), .. MessagePackFixture.BatchOf(Bad),
            .. MessagePackFixture.BatchOf(Good, Bad, Good),
        ];
        (IngestResult whole, byte[] events) = Read(body, []);
        Assert.Equal((EventLines.All.Count() + 5, 2), (whole.Offered, whole.Rejected));

        Prop.ForAll<int[]>(cuts =>
        {
            (IngestResult parts, byte[] again) = Read(body, cuts);
            return whole.Errors.SequenceEqual(parts.Errors) && whole with { Errors = [] } == (parts with { Errors = [] })
                && events.AsSpan().SequenceEqual(again);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Feed_BatchCutAtEveryByte_TakesNothingOfIt()
    {
        byte[] first = MessagePackFixture.BatchOf(Good);
        byte[] second = MessagePackFixture.BatchOf(EventLines.All.Take(8));
        var fixture = new MessagePackFixture();
        for (int length = 1; length < second.Length; length++)
        {
            IngestResult result = fixture.Read([.. first, .. second.AsSpan(0, length)]);

            Assert.Equal(1, result.Written);
            Assert.Contains("cut", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
            Assert.Equal(length < HeadBytes ? 2 : 9, result.Offered);
            Assert.Equal(result.Offered, result.Written + result.Rejected);
        }
    }

    [Fact]
    public void Feed_OneBitFlipped_TakesNothing()
    {
        byte[] batch = MessagePackFixture.BatchOf(EventLines.All.Take(5));
        var fixture = new MessagePackFixture();
        for (int bit = 0; bit < batch.Length * 8; bit++)
        {
            batch[bit / 8] ^= (byte)(1 << (bit % 8));
            IngestResult result = fixture.Read(batch);
            batch[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(0, result.Written);
            Assert.InRange(result.Offered, 1, 100_000);
            Assert.Equal(result.Offered, result.Rejected);
        }
    }

    [Fact]
    public void Feed_MutatedBodiesWithARightChecksum_NeverThrowAndAddUp()
    {
        byte[] batch = MessagePackFixture.BatchOf(EventLines.All);
        var fixture = new MessagePackFixture();
        var random = new Random(13);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] changed = [.. batch];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                changed[random.Next(14, changed.Length - 6)] = (byte)random.Next(256);
            }

            Seal(changed);
            IngestResult result = fixture.Read(changed);

            Assert.Equal(result.Offered, result.Written + result.Rejected);
            Assert.Equal(EventLines.All.Count(), result.Offered);
        }
    }

    [Fact]
    public void Feed_LengthsThatAreLies_AllocateNothingForThem()
    {
        var fixture = new MessagePackFixture();
        byte[] most = [0xff, 0xff, 0xff, 0xff];
        byte[] huge = [0x96, 0xa4, .. "SSEB"u8, 1, 0, 0xce, .. most, 0xc6, .. most, 0xdd, .. most];
        fixture.Read(huge);

        long before = GC.GetAllocatedBytesForCurrentThread();
        IngestResult result = fixture.Read(huge);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal((1, RejectReason.TooLarge), (result.Offered, Assert.Single(result.Errors).Reason));
    }

    [Fact]
    public void Feed_BadEventAmongGoodOnes_OnlyThatIsRefusedAndNamed()
    {
        var fixture = new MessagePackFixture();

        IngestResult result = fixture.Read([.. MessagePackFixture.BatchOf(Good), .. MessagePackFixture.BatchOf(Good, Bad, Good)]);

        Assert.Equal((4, 3, 1), (result.Offered, result.Written, result.Rejected));
        IngestError error = Assert.Single(result.Errors);
        Assert.Equal((3, RejectReason.MissingField), (error.Line, error.Reason));
        Assert.Equal("view: is required (event 2 of batch 2)", error.Message);
        FailedEvent failed = Assert.Single(fixture.Failed.Newest());
        Assert.Equal(("msgpack", 3), (failed.Format, failed.RecordIndex));
        Assert.Contains("\"kind\":\"pause\"", Encoding.UTF8.GetString(failed.Raw.Span), StringComparison.Ordinal);
        Assert.Equal(RejectReason.MissingField, Assert.Single(fixture.Read(failed.Raw.Span).Errors).Reason);
    }

    [Fact]
    public void Feed_OtherMajorVersion_IsRefusedAndTheNextBatchRead()
    {
        byte[] other = MessagePackFixture.BatchOf(Good, Good);
        other[6] = 2;
        var fixture = new MessagePackFixture();

        IngestResult result = fixture.Read([.. other, .. MessagePackFixture.BatchOf(Good)]);

        Assert.Equal((3, 1), (result.Offered, result.Written));
        Assert.Equal(2, fixture.Ingest.Counters.RejectedFor(RejectReason.UnsupportedVersion));
    }

    [Fact]
    public void Feed_LaterMinorVersion_IsReadWithoutWhatItAdds()
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(1);
        writer.WriteText("web"u8);
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(2);
        writer.Write((long)EventMember.Source);
        writer.Write(0L);
        writer.Write((long)EventMember.View);
        writer.Write(0L);
        writer.WriteArrayHeader(2);
        WriteLater(writer, 1);
        WriteLater(writer, 2);
        writer.WriteText("what a later version adds"u8);
        var batch = new ArrayBufferWriter<byte>();
        writer = new MessagePackWriter(batch);
        writer.WriteArrayHeader(6);
        writer.WriteText("SSEB"u8);
        writer.Write(1L);
        writer.Write(7L);
        writer.Write(2L);
        writer.WriteBinary(body.WrittenSpan);
        writer.WriteBinary(new byte[4]);
        byte[] sealedBatch = batch.WrittenSpan.ToArray();
        Seal(sealedBatch);
        var fixture = new MessagePackFixture();

        Assert.Equal(2, fixture.Read(sealedBatch).Written);
        byte[] line = Encoding.UTF8.GetBytes(Good.Replace("\"w\"", "\"web\"", StringComparison.Ordinal));
        fixture.Lines.Decode(line, default, out StreamEvent e, out _);
        Assert.Equal(e.Id, fixture.Receiver.Events[0].Event.Id);
    }

    [Fact]
    public void Feed_ReceiverIsFull_SaysHowManyWereTaken()
    {
        var ingest = new MessagePackIngest(
            new MessagePackDecoder(new Vocabulary(), new MessagePackFixture().Pseudonyms), new CollectingReceiver(capacity: 2));

        ingest.Feed(MessagePackFixture.BatchOf(Enumerable.Repeat(Good, 4)));
        ingest.Feed(MessagePackFixture.BatchOf(Good));
        IngestResult result = ingest.Complete();

        Assert.True(result.IsFull);
        Assert.Equal((5, 2, 2, 3), (result.Offered, result.Written, result.Taken, result.Rejected));
    }

    [Fact]
    public void Feed_WarmBatches_AllocatesNothing()
    {
        var fixture = new MessagePackFixture();
        byte[] batch = MessagePackFixture.BatchOf(EventLines.All);
        var ingest = new MessagePackIngest(
            new MessagePackDecoder(fixture.Vocabulary, fixture.Pseudonyms), new DroppingReceiver());
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                ingest.Feed(batch);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Equal(8 * 100 * EventLines.All.Count(), ingest.Complete().Written);
    }

    private static void WriteLater(MessagePackWriter writer, long sequence)
    {
        writer.WriteArrayHeader(sequence == 1 ? 4 : 5);
        writer.Write(0L);
        writer.Write((long)EventKind.Pause);
        writer.Write(1772600767123L);
        writer.WriteMapHeader(2);
        writer.Write((long)EventMember.Seq);
        writer.Write(sequence);
        writer.Write(120L);
        writer.WriteMapHeader(0);
        if (sequence == 2)
        {
            writer.WriteTimestamp(1, 0);
        }
    }

    private static void Seal(byte[] batch)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in batch.AsSpan(0, batch.Length - 6))
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(batch.AsSpan(batch.Length - 4), ~crc);
    }

    private static (IngestResult Result, byte[] Events) Read(byte[] body, int[] cuts)
    {
        var fixture = new MessagePackFixture();
        fixture.Ingest.Begin();
        int start = 0;
        foreach (int cut in cuts.Select(cut => (int)((uint)cut % (uint)body.Length)).Order())
        {
            fixture.Ingest.Feed(body.AsSpan(start, cut - start));
            start = cut;
        }

        fixture.Ingest.Feed(body.AsSpan(start));
        IngestResult result = fixture.Ingest.Complete();
        return (result, [.. fixture.Receiver.Events.SelectMany(pair => MemoryMarshal.AsBytes([pair.Event]).ToArray())]);
    }
}
