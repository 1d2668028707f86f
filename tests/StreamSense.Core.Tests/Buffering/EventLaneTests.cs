using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class EventLaneTests
{
    private static LaneOptions Small => new() { SlotCount = 8, AnnexBytes = 256, MaxAnnexBytesPerEvent = 64 };

    [Fact]
    public void Peek_AfterManyLaps_ShowsEventsInOrder()
    {
        var lane = new EventLane(Small);
        long written = 0;
        long read = 0;
        while (read < 1000)
        {
            while (written < read + 5 && lane.TryWrite(Samples.Event(written)))
            {
                written++;
            }

            EventBatch batch = lane.Peek(3);
            Assert.Equal(read, batch.FirstSequence);
            Assert.InRange(batch.Events.Length, 1, 3);
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                Assert.Equal((ulong)read++, streamEvent.Id.Value);
            }

            lane.Advance(batch.Events.Length);
        }
    }

    [Fact]
    public void TryWrite_FullLane_SaysNoUntilAnEventIsReleased()
    {
        var lane = new EventLane(Small);
        for (int i = 0; i < lane.Capacity; i++)
        {
            Assert.True(lane.TryWrite(Samples.Event(i)));
        }

        Assert.False(lane.TryWrite(Samples.Event(8)));
        Assert.False(lane.HasRoom);
        Assert.True(lane.Claim(4).IsEmpty);
        Assert.Equal(8, lane.Peek(100).Events.Length);
        Assert.False(lane.HasRoom);
        lane.Advance(1);
        Assert.True(lane.HasRoom);
        Assert.True(lane.TryWrite(Samples.Event(8)));
        Assert.False(lane.TryWrite(Samples.Event(9)));
    }

    [Fact]
    public void Claim_NearTheEndOfTheMemory_LendsARunUpToIt()
    {
        var lane = new EventLane(Small);
        Assert.Equal(8, lane.Claim(100).Length);
        lane.Claim(6).Fill(Samples.Event(1));
        lane.Publish(6);
        lane.Peek(6);
        lane.Advance(6);

        Assert.Equal(2, lane.Claim(5).Length);
        lane.Publish(2);
        Assert.Equal(5, lane.Claim(5).Length);
    }

    [Fact]
    public void Publish_EventsWithAForeignAnnexHandle_ForgetsIt()
    {
        var lane = new EventLane(Small);
        StreamEvent foreign = Samples.Event(1);
        foreign.Annex = new AnnexHandle(7);
        lane.Claim(1)[0] = foreign;
        lane.Publish(1);
        lane.TryWrite(foreign);

        EventBatch batch = lane.Peek(2);

        Assert.True(batch.Events[0].Annex.IsNone);
        Assert.True(batch.Events[1].Annex.IsNone);
        Assert.True(batch.AnnexOf(batch.Events[0]).IsEmpty);
    }

    [Fact]
    public void Publish_MoreThanFree_Throws()
    {
        var lane = new EventLane(Small);
        lane.Claim(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.Publish(9));
    }

    [Fact]
    public void Advance_MoreThanShown_Throws()
    {
        var lane = new EventLane(Small);
        lane.TryWrite(Samples.Event(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.Advance(1));
        lane.Peek(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => lane.Advance(-1));
        lane.Advance(1);
    }

    [Fact]
    public void AnnexOf_AfterManyLaps_GivesTheBytesOfItsEvent()
    {
        var lane = new EventLane(Small);
        Span<byte> buffer = stackalloc byte[64];
        Span<byte> expected = stackalloc byte[64];
        long written = 0;
        long read = 0;
        while (read < 5000)
        {
            while (written < read + 8 && lane.TryWrite(Samples.Event(written), Samples.Annex(written, buffer)))
            {
                written++;
            }

            EventBatch batch = lane.Peek(3);
            Assert.False(batch.Events.IsEmpty);
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                Assert.True(batch.AnnexOf(in streamEvent).SequenceEqual(Samples.Annex(read++, expected)));
            }

            lane.Advance(batch.Events.Length);
        }
    }

    [Fact]
    public void TryWrite_AnnexBytesFull_SaysNoUntilTheirSlotsAreReleased()
    {
        var lane = new EventLane(Small);
        byte[] annex = new byte[60];
        int written = 0;
        while (lane.TryWrite(Samples.Event(written), annex))
        {
            written++;
        }

        Assert.Equal(4, written);
        Assert.True(lane.TryWrite(Samples.Event(4)));
        lane.Peek(1);
        lane.Advance(1);
        Assert.True(lane.TryWrite(Samples.Event(5), annex));
        Assert.False(lane.TryWrite(Samples.Event(6), annex));
    }

    [Fact]
    public void TryWrite_AnnexTooLong_Throws()
    {
        var lane = new EventLane(Small);
        Assert.Throws<ArgumentException>(() => lane.TryWrite(Samples.Event(1), new byte[65]));
    }

    [Fact]
    public void HasRoom_WheneverTrue_TheLongestAnnexFits()
    {
        var lane = new EventLane(Small);
        byte[] longest = Encoding.ASCII.GetBytes(new string('x', 64));
        for (int lap = 0; lap < 200; lap++)
        {
            // Ragged lengths move the head to every alignment within the ring.
            lane.TryWrite(Samples.Event(lap), longest.AsSpan(0, lap % 60));
            if (lane.HasRoom)
            {
                Assert.True(lane.TryWrite(Samples.Event(lap), longest));
            }

            int shown = lane.Peek(lap % 3).Events.Length;
            lane.Advance(shown);
        }

        lane.Advance(lane.Peek(8).Events.Length);
        lane.Advance(lane.Peek(8).Events.Length);
        Assert.True(lane.HasRoom);
    }

    [Theory]
    [InlineData(1, 256, 16)]
    [InlineData(16, 32, 4)]
    [InlineData(16, 256, 65)]
    [InlineData(int.MaxValue, 256, 16)]
    [InlineData(16, int.MaxValue, 16)]
    [InlineData(16, 256, -1)]
    public void Constructor_OptionOutOfRange_Throws(int slots, int annexBytes, int maxAnnex) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new EventLane(new LaneOptions { SlotCount = slots, AnnexBytes = annexBytes, MaxAnnexBytesPerEvent = maxAnnex }));
}
