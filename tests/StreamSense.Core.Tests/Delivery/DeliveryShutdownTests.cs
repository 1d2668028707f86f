using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Delivery;

public sealed class DeliveryShutdownTests
{
    [Fact]
    public async Task StopAsync_EventsPending_DeliversThemAndFlushes()
    {
        var rig = new DeliveryRig(new ScriptedSink());
        rig.Delivery.Start();
        rig.Publish(1_000);
        DeliveryCounts counts = await rig.Delivery.StopAsync();
        Assert.Equal((1_000L, 0L, 0L), (counts.Applied, counts.Dropped, counts.Pending));
        Assert.Equal((1, 0), (rig.Sink.Flushes, rig.Sink.Disposals));
        Assert.Equal(DeliveryState.Stopped, rig.Delivery.State);
    }

    [Fact]
    public async Task StopAsync_NeverStarted_DeliversAsWell()
    {
        var rig = new DeliveryRig(new ScriptedSink());
        rig.Publish(10);
        Assert.Equal(10, (await rig.Delivery.StopAsync()).Applied);
        Assert.Throws<ObjectDisposedException>(rig.Delivery.Start);
    }

    [Fact]
    public async Task StopAsync_SinkDownForGood_CountsTheRestAtTheDeadline()
    {
        var options = new DeliveryOptions { MaxBatchEvents = 4, OnFailure = FailureMode.Block };
        var rig = new DeliveryRig(new ScriptedSink((_, _) => throw new IOException("down")), options);
        rig.Publish(9);
        rig.Publish(1, EventFlags.Broadcast);
        Task<DeliveryCounts> stop = rig.Delivery.StopAsync(TimeSpan.FromSeconds(5));
        while (!stop.IsCompleted)
        {
            // Deadline, last chance and back-off: time moves when it is waited for, and not while an attempt has its own timer.
            await Task.WhenAny(stop, rig.Clock.WaitForTimersAsync(3));
            if (rig.Delivery.State != DeliveryState.Writing)
            {
                rig.Clock.Advance(TimeSpan.FromMilliseconds(250));
            }

            await Task.Yield();
        }

        DeliveryCounts counts = await stop;
        Assert.Equal((0L, 9L, 0L, 1L), (counts.Applied, counts.DroppedUnfinished, counts.Pending, counts.Skipped));
        Assert.InRange(counts.Attempts, 2, 40);
        rig.AssertAccounts();
    }

    [Fact]
    public async Task StopAsync_StallingSink_IsCancelledAtTheDeadline()
    {
        var rig = new DeliveryRig(new ScriptedSink((_, token) => new ValueTask(Task.Delay(Timeout.Infinite, token))));
        rig.Publish(3);
        Task<DeliveryCounts> stop = rig.Delivery.StopAsync(TimeSpan.FromSeconds(5));
        await rig.Clock.WaitForTimersAsync(3);
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        DeliveryCounts counts = await stop;
        Assert.Equal((0L, 3L, 0L), (counts.Applied, counts.DroppedUnfinished, counts.Pending));
        await rig.Delivery.DisposeAsync();
        Assert.Equal(1, rig.Sink.Disposals);
    }

    [Fact]
    public async Task StopAsync_SinkDeafToCancellation_IsGivenUpAndNotTouchedAgain()
    {
        var inSink = new TaskCompletionSource();
        var rig = new DeliveryRig(
            new ScriptedSink((_, _) => new ValueTask(inSink.Task)),
            new DeliveryOptions { MaxBatchEvents = 2, AbandonAfter = TimeSpan.FromSeconds(2) });
        rig.Publish(5);
        Task<DeliveryCounts> stop = rig.Delivery.StopAsync(TimeSpan.FromSeconds(5));
        await rig.Clock.WaitForTimersAsync(3);
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(stop.IsCompleted);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        DeliveryCounts counts = await stop;
        Assert.Equal((0L, 5L, 0L), (counts.Applied, counts.DroppedUnfinished, counts.Pending));
        await rig.Delivery.DisposeAsync();
        Assert.Equal((0, 0), (rig.Sink.Flushes, rig.Sink.Disposals));
        inSink.SetException(new IOException("too late"));
    }

    [Fact]
    public async Task StopAsync_SinkThatBlocksItsThread_ReturnsAndSaysWhatIsPending()
    {
        using var blocked = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var rig = new DeliveryRig(
            new ScriptedSink((_, _) =>
            {
                entered.Set();
                blocked.Wait();
                return default;
            }),
            new DeliveryOptions { MaxDelay = TimeSpan.Zero });
        rig.Publish(2);
        rig.Delivery.Start();
        entered.Wait();
        Task<DeliveryCounts> stop = rig.Delivery.StopAsync(TimeSpan.FromSeconds(5));
        await rig.Clock.WaitForTimersAsync(3);
        rig.Clock.Advance(TimeSpan.FromSeconds(7));
        await rig.Clock.WaitForTimersAsync(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await stop).Pending);
        blocked.Set();
    }

    [Fact]
    public async Task DisposeAsync_Twice_StopsAndDisposesTheSinkOnce()
    {
        var rig = new DeliveryRig(new ScriptedSink());
        rig.Delivery.Start();
        rig.Publish(3);
        await rig.Delivery.DisposeAsync();
        await rig.Delivery.DisposeAsync();
        Assert.Equal((3, 1, 1), (rig.Sink.Applied.Count, rig.Sink.Flushes, rig.Sink.Disposals));
        Assert.Equal(3, (await rig.Delivery.StopAsync()).Applied);
    }

    [Fact]
    public async Task StopAsync_FlushFails_IsToldAndNotThrown()
    {
        var rig = new DeliveryRig(new ScriptedSink { OnFlush = _ => throw new IOException("no space") });
        rig.Publish(1);
        Assert.Equal(1, (await rig.Delivery.StopAsync()).Applied);
        Assert.Equal("no space", rig.Delivery.LastError?.Message);
    }

    [Fact]
    public async Task StopAsync_Afterwards_TheRingWaitsForItNoMore()
    {
        var rig = new DeliveryRig(new ScriptedSink());
        rig.Publish(1);
        await rig.Delivery.StopAsync();
        rig.Publish(3 * rig.Rings[0].Capacity);
        Assert.Equal((1L, 0L), (rig.Delivery.Counts.Offered, rig.Delivery.Counts.Pending));
    }

    [Fact]
    public async Task Start_RingCompletes_TheDeliveryEndsByItself()
    {
        var rig = new DeliveryRig(new ScriptedSink(), shards: 2);
        rig.Publish(5, shard: 0);
        rig.Rings[0].Complete();
        rig.Delivery.Start();
        rig.Publish(5, shard: 1);
        rig.Rings[1].Complete();
        Assert.Equal(10, (await rig.Delivery.StopAsync()).Applied);
        Assert.Equal(1, rig.Sink.Flushes);
    }

    [Fact]
    public async Task Start_ProducersAndReadersAtOnce_EveryEventArrivesInOrderAndAccountsHold()
    {
        const int Events = 100_000;
        var sink = new ScriptedSink((attempt, _) => attempt % 7 == 0 ? throw new IOException("now and then") : default);
        EventRing[] rings = [new(new RingOptions { SlotCount = 1024 }), new(new RingOptions { SlotCount = 1024 })];
        var options = new DeliveryOptions
        {
            MaxBatchEvents = 500,
            MaxDelay = TimeSpan.FromMilliseconds(1),
            Retry = RetrySchedule.Exponential(TimeSpan.FromTicks(10), TimeSpan.FromTicks(100), 10),
        };
        var delivery = new BatchingDelivery(sink, rings, options);
        delivery.Start();
        Task[] producers = [.. rings.Select((ring, shard) => Task.Run(() => Produce(ring, shard, Events)))];
        Task all = Task.WhenAll(producers);
        while (!all.IsCompleted)
        {
            DeliveryCounts counts = delivery.Counts;
            Assert.Equal(counts.Enqueued, counts.Applied + counts.Dropped + counts.Pending);
            await Task.Yield();
        }

        await all;
        DeliveryCounts last = await delivery.StopAsync();
        Assert.Equal((2L * Events, 0L, 0L), (last.Applied, last.Dropped, last.Pending));
        for (ulong shard = 0; shard < 2; shard++)
        {
            Assert.Equal(DeliveryRig.Ids(0, Events), sink.Applied.Where(id => id >> 32 == shard).Select(id => id & uint.MaxValue));
        }
    }

    private static void Produce(EventRing ring, int shard, int events)
    {
        for (int i = 0; i < events; i++)
        {
            var streamEvent = new StreamEvent { Id = new EventId(((ulong)shard << 32) | (uint)i) };
            while (!ring.TryPublish(in streamEvent))
            {
                Thread.Yield();
            }
        }
    }
}
