using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class EventRingTests
{
    private static RingOptions Small => new() { SlotCount = 8, AnnexBytes = 256, MaxAnnexBytesPerEvent = 64 };

    [Fact]
    public void Peek_TwoCursors_BothSeeEveryEventInOneOrder()
    {
        var ring = new EventRing(Small);
        using RingCursor fast = ring.AddCursor();
        using RingCursor slow = ring.AddCursor();
        long published = 0;
        long readFast = 0;
        long readSlow = 0;
        while (readSlow < 500)
        {
            while (ring.TryPublish(Samples.Event(published)))
            {
                published++;
            }

            readFast = Read(fast, 8, readFast);
            readSlow = Read(slow, 3, readSlow);
            Assert.True(published - readSlow <= ring.Capacity);
        }

        Assert.Equal(published, ring.Published);
        Assert.Equal(readFast, fast.Position);
        Assert.Equal(published - readSlow, slow.Pending);
    }

    [Fact]
    public void TryPublish_SlowestCursorBehind_SaysNo()
    {
        var ring = new EventRing(Small);
        using RingCursor fast = ring.AddCursor();
        using RingCursor slow = ring.AddCursor();
        for (int i = 0; i < ring.Capacity; i++)
        {
            Assert.True(ring.TryPublish(Samples.Event(i)));
        }

        Read(fast, 8, 0);
        Assert.False(ring.TryPublish(Samples.Event(8)));
        Assert.False(ring.Room.IsReady);
        Read(slow, 1, 0);
        Assert.True(ring.Room.IsReady);
        Assert.True(ring.TryPublish(Samples.Event(8)));
    }

    [Fact]
    public void Dispose_SlowestCursor_MakesRoom()
    {
        var ring = new EventRing(Small);
        using RingCursor fast = ring.AddCursor();
        RingCursor slow = ring.AddCursor();
        while (ring.TryPublish(Samples.Event(1)))
        {
        }

        fast.Advance(fast.Peek(8).Events.Length);
        slow.Peek(8);
        slow.Dispose();

        Assert.True(ring.HasRoom);
        Assert.True(slow.IsReady);
        Assert.Equal(0, slow.Pending);
        Assert.True(slow.Peek(8).Events.IsEmpty);
    }

    [Fact]
    public void AddCursor_RingInUse_StartsAtThePresentPosition()
    {
        var ring = new EventRing(Small);
        using RingCursor first = ring.AddCursor();
        ring.TryPublish(Samples.Event(0));
        ring.TryPublish(Samples.Event(1));

        using RingCursor late = ring.AddCursor();
        ring.TryPublish(Samples.Event(2));

        Assert.Equal(2, late.Position);
        Assert.Equal(2, (long)late.Peek(8).Events[0].Id.Value);
        Assert.Equal(3, first.Pending);
    }

    [Fact]
    public void TryPublish_NoCursor_NeverFills()
    {
        var ring = new EventRing(Small);
        byte[] annex = new byte[64];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(ring.TryPublish(Samples.Event(i), annex));
        }
    }

    [Fact]
    public void AnnexOf_UntilTheSlowestCursorAdvances_StaysAsItWas()
    {
        var ring = new EventRing(Small);
        using RingCursor fast = ring.AddCursor();
        using RingCursor slow = ring.AddCursor();
        Span<byte> buffer = stackalloc byte[64];
        Span<byte> expected = stackalloc byte[64];
        long published = 0;
        for (long read = 0; read < 2000; read++)
        {
            while (ring.TryPublish(Samples.Event(published), Samples.Annex(published, buffer)))
            {
                published++;
            }

            fast.Advance(fast.Peek(8).Events.Length);
            EventBatch batch = slow.Peek(1);
            Assert.True(batch.AnnexOf(batch.Events[0]).SequenceEqual(Samples.Annex(read, expected)));
            slow.Advance(1);
        }
    }

    [Fact]
    public void Claim_Batch_IsSeenByTheCursorsOnceItIsPublished()
    {
        var ring = new EventRing(Small);
        using RingCursor cursor = ring.AddCursor();
        Span<StreamEvent> slots = ring.Claim(3);
        slots.Fill(Samples.Event(5));
        Assert.True(cursor.Peek(8).Events.IsEmpty);
        ring.Publish(2);
        Assert.Equal(2, cursor.Peek(8).Events.Length);
    }

    [Fact]
    public async Task WaitToReadAsync_EventAfterwards_Completes()
    {
        var ring = new EventRing(Small);
        using RingCursor cursor = ring.AddCursor();
        ValueTask<bool> waiting = cursor.WaitToReadAsync();
        Assert.False(waiting.IsCompleted);
        ring.TryPublish(Samples.Event(1));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitToReadAsync_CompletedRing_IsFalseOnceDrained()
    {
        var ring = new EventRing(Small);
        using RingCursor cursor = ring.AddCursor();
        ring.TryPublish(Samples.Event(1));
        ring.Complete();
        Assert.True(await cursor.WaitToReadAsync());
        Assert.False(cursor.IsCompleted);
        Read(cursor, 1, 1);
        Assert.True(cursor.IsCompleted);
        Assert.False(await cursor.WaitToReadAsync());
    }

    [Fact]
    public async Task WaitToReadAsync_Cancelled_Throws()
    {
        var ring = new EventRing(Small);
        using RingCursor cursor = ring.AddCursor();
        using var cancellation = new CancellationTokenSource();
        ValueTask<bool> waiting = cursor.WaitToReadAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    private static long Read(RingCursor cursor, int max, long expected)
    {
        EventBatch batch = cursor.Peek(max);
        Assert.Equal(cursor.Position, batch.FirstSequence);
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            Assert.Equal((ulong)expected++, streamEvent.Id.Value);
        }

        cursor.Advance(batch.Events.Length);
        return expected;
    }
}
