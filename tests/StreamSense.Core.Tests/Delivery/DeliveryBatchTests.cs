using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Delivery;

public sealed class DeliveryBatchTests
{
    [Fact]
    public void TryAdd_Full_LeavesTheBatchUnchanged()
    {
        var batch = new DeliveryBatch(2);
        var first = new StreamEvent { Id = new EventId(1) };
        Assert.True(batch.TryAdd(41, in first, "\"a\":1"u8));
        Assert.True(batch.TryAdd(43, in first, default));
        Assert.False(batch.TryAdd(44, in first, default));
        Assert.Equal((2, 41L, 9), (batch.Count, batch.FirstSequence, batch.AnnexBytes));
    }

    [Fact]
    public void TryAdd_ForeignHandle_IsReplaced()
    {
        var batch = new DeliveryBatch(1);
        var streamEvent = new StreamEvent { Annex = new AnnexHandle(77) };
        batch.TryAdd(0, in streamEvent, default);
        Assert.True(batch.Events[0].Annex.IsNone);
        Assert.True(batch.AnnexOf(in batch.Events[0]).IsEmpty);
    }

    [Fact]
    public void AsEventBatch_ShowsTheSame()
    {
        var batch = new DeliveryBatch(3);
        var streamEvent = new StreamEvent { Id = new EventId(9) };
        batch.TryAdd(5, in streamEvent, "\"b\":2"u8);
        var view = batch.AsEventBatch();
        Assert.Equal((5L, 1), (view.FirstSequence, view.Events.Length));
        Assert.Equal("\"b\":2"u8.ToArray(), view.AnnexOf(in view.Events[0]).ToArray());
    }

    [Fact]
    public void Clear_FilledBatch_MakesItAsNew()
    {
        var batch = new DeliveryBatch(1, maxAnnexBytes: 16);
        var streamEvent = default(StreamEvent);
        Assert.True(batch.TryAdd(1, in streamEvent, new byte[100]));
        batch.Clear();
        Assert.Equal((0, 0L, 0), (batch.Count, batch.FirstSequence, batch.AnnexBytes));
        Assert.True(batch.TryAdd(2, in streamEvent, "x"u8));
        Assert.Equal("x"u8.ToArray(), batch.AnnexOf(in batch.Events[0]).ToArray());
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedWhereTheyAreSet()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryOptions { MaxBatchEvents = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryOptions { MaxBatchAnnexBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryOptions { MaxDelay = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryOptions { AttemptTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeliveryOptions { ShutdownDeadline = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentNullException>(() => new DeliveryOptions { Retry = null! });
    }
}
