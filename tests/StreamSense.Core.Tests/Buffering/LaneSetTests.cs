using StreamSense.Core.Buffering;
using StreamSense.Core.Diagnostics;

namespace StreamSense.Core.Tests.Buffering;

public sealed class LaneSetTests
{
    private static LaneOptions Small => new() { SlotCount = 8, AnnexBytes = 256, MaxAnnexBytesPerEvent = 64, MaxLanes = 3 };

    [Fact]
    public void Peek_ABusyLaneAndAQuietOne_TakesThemInTurn()
    {
        var lanes = new LaneSet(Small);
        EventLane busy = lanes.Rent();
        EventLane quiet = lanes.Rent();
        while (busy.TryWrite(Samples.Event(1)))
        {
        }

        quiet.TryWrite(Samples.Event(2));
        var seen = new List<ulong>();
        for (int i = 0; i < 4; i++)
        {
            EventBatch batch = lanes.Peek(2);
            seen.Add(batch.Events[0].Id.Value);
            lanes.Advance(batch.Events.Length);
        }

        Assert.Equal([1UL, 2UL, 1UL, 1UL], seen);
        Assert.Equal(2, lanes.Pending);
    }

    [Fact]
    public void Peek_PartlyAdvanced_ShowsTheRestAgain()
    {
        var lanes = new LaneSet(Small);
        EventLane lane = lanes.Rent();
        lane.TryWrite(Samples.Event(1));
        lane.TryWrite(Samples.Event(2));
        Assert.Equal(2, lanes.Peek(8).Events.Length);
        lanes.Advance(1);
        Assert.Equal(2UL, lanes.Peek(8).Events[0].Id.Value);
    }

    [Fact]
    public void Return_LaneWithEvents_IsForgottenOnlyWhenDrained()
    {
        var lanes = new LaneSet(Small);
        EventLane lane = lanes.Rent();
        while (lane.TryWrite(Samples.Event(1)))
        {
        }

        lanes.Return(lane);
        Assert.True(lanes.IsReady);
        int read = 0;
        for (int shown = lanes.Peek(3).Events.Length; shown > 0; shown = lanes.Peek(3).Events.Length)
        {
            read += shown;
            lanes.Advance(shown);
        }

        Assert.Equal(8, read);
        Assert.Equal(0, lanes.Count);
        Assert.False(lanes.IsReady);
    }

    [Fact]
    public void Rent_AfterADrainedLaneCameBack_UsesItsMemoryAgain()
    {
        var lanes = new LaneSet(Small);
        EventLane lane = lanes.Rent();
        lane.TryWrite(Samples.Event(1), "abc"u8);
        lanes.Return(lane);
        lanes.Peek(1);
        lanes.Advance(1);
        lanes.Peek(1);

        EventLane again = lanes.Rent();

        Assert.Same(lane, again);
        Assert.False(again.IsRetired);
        Assert.True(again.TryWrite(Samples.Event(2), "de"u8));
        EventBatch batch = lanes.Peek(1);
        Assert.True(batch.AnnexOf(batch.Events[0]).SequenceEqual("de"u8));
    }

    [Fact]
    public void Rent_MoreThanTheLimit_Throws()
    {
        var lanes = new LaneSet(Small);
        for (int i = 0; i < 3; i++)
        {
            lanes.Rent();
        }

        Assert.Contains("MaxLanes", Assert.Throws<InvalidOperationException>(() => lanes.Rent()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rent_ClosedSet_Throws()
    {
        var lanes = new LaneSet(Small);
        lanes.Close();
        Assert.Throws<InvalidOperationException>(() => lanes.Rent());
    }

    [Fact]
    public void Advance_NothingPeeked_Throws() => Assert.Throws<InvalidOperationException>(() => new LaneSet(Small).Advance(1));

    [Fact]
    public void Discard_EventsBeforeAndAfterIt_AreCountedOnce()
    {
        var drops = new DropCounters();
        var lanes = new LaneSet(Small, drops);
        EventLane lane = lanes.Rent();
        lane.TryWrite(Samples.Event(1));
        lane.TryWrite(Samples.Event(2));
        lane.TryWrite(Samples.Event(3));
        lanes.Peek(1);
        lanes.Advance(1);

        lanes.Discard();
        Assert.Equal(2, drops[DropReason.Discarded]);
        lane.TryWrite(Samples.Event(4));
        lanes.Return(lane);

        Assert.Equal(3, drops[DropReason.Discarded]);
    }
}
