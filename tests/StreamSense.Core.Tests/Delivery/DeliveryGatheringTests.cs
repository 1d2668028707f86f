using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Delivery;

public sealed class DeliveryGatheringTests
{
    [Fact]
    public async Task Step_LessThanABatch_WaitsForMaxDelayOfTheFirstEvent()
    {
        var rig = new DeliveryRig(new ScriptedSink());
        rig.Publish(3);
        Assert.Equal(new NextStep(NextStep.Wait.Events, TimeSpan.FromSeconds(1)), await rig.SettleAsync());

        rig.Clock.Advance(TimeSpan.FromMilliseconds(400));
        rig.Publish(2);
        Assert.Equal(new NextStep(NextStep.Wait.Events, TimeSpan.FromMilliseconds(600)), await rig.SettleAsync());
        Assert.Empty(rig.Sink.Batches);
        Assert.Equal(5, rig.Delivery.Counts.Pending);

        rig.Clock.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal(new NextStep(NextStep.Wait.Events, Timeout.InfiniteTimeSpan), await rig.SettleAsync());
        Assert.Equal([(0, 0L, 5)], rig.Sink.Batches);
    }

    [Fact]
    public async Task Step_AFullBatch_IsWrittenAtOnce()
    {
        var rig = new DeliveryRig(new ScriptedSink(), new DeliveryOptions { MaxBatchEvents = 10 });
        rig.Publish(25);
        await rig.SettleAsync();
        Assert.Equal([(0, 0L, 10), (0, 10L, 10)], rig.Sink.Batches);
        Assert.Equal(5, rig.Delivery.Counts.Pending);
    }

    [Fact]
    public async Task Step_CopiesAndReplayed_AreSkippedAndCounted()
    {
        var rig = new DeliveryRig(new ScriptedSink(), new DeliveryOptions { MaxDelay = TimeSpan.Zero });
        rig.Publish(2, EventFlags.Replayed);
        rig.Publish(1);
        rig.Publish(1, EventFlags.Broadcast);
        rig.Publish(1);
        await rig.SettleAsync();
        Assert.Equal([3UL, 5UL], rig.Sink.Applied);
        Assert.Equal([(0, 2L, 2)], rig.Sink.Batches);
        Assert.Equal((5L, 3L, 2L), (rig.Delivery.Counts.Offered, rig.Delivery.Counts.Skipped, rig.Delivery.Counts.Enqueued));
    }

    [Fact]
    public async Task Step_IncludeReplayed_DeliversThemButNoCopies()
    {
        var rig = new DeliveryRig(new ScriptedSink(), new DeliveryOptions { MaxDelay = TimeSpan.Zero, IncludeReplayed = true });
        rig.Publish(1, EventFlags.Replayed);
        rig.Publish(1, EventFlags.Replayed | EventFlags.Broadcast);
        await rig.SettleAsync();
        Assert.Equal([1UL], rig.Sink.Applied);
    }

    [Fact]
    public async Task Step_Annexes_ArriveWithTheirEvents()
    {
        var rig = new DeliveryRig(new ScriptedSink(), new DeliveryOptions { MaxDelay = TimeSpan.Zero });
        rig.Publish(1, annex: "\"a\":1");
        rig.Publish(1);
        rig.Publish(1, annex: "\"b\":\"ü\"");
        await rig.SettleAsync();
        Assert.Equal(["\"a\":1", "", "\"b\":\"ü\""], rig.Sink.Annexes);
    }

    [Fact]
    public async Task Step_AnnexBytesUsedUp_EndsTheBatch()
    {
        var options = new DeliveryOptions { MaxBatchAnnexBytes = 64, MaxDelay = TimeSpan.Zero };
        var rig = new DeliveryRig(new ScriptedSink(), options);
        rig.Publish(4, annex: new string('x', 28));
        rig.Publish(1, annex: new string('y', 1_000));
        rig.Publish(1);
        await rig.SettleAsync();
        Assert.Equal([(0, 0L, 2), (0, 2L, 2), (0, 4L, 2)], rig.Sink.Batches);
        Assert.Equal(1_000, rig.Sink.Annexes[4].Length);
    }

    [Fact]
    public async Task Step_TwoShards_TakeTurnsAndKeepTheirOrders()
    {
        var rig = new DeliveryRig(new ScriptedSink(), new DeliveryOptions { MaxBatchEvents = 2 }, shards: 2);
        rig.Publish(6, shard: 0);
        rig.Publish(4, shard: 1);
        await rig.SettleAsync();
        Assert.Equal([(0, 0L, 2), (1, 0L, 2), (0, 2L, 2), (1, 2L, 2), (0, 4L, 2)], rig.Sink.Batches);
    }

    [Fact]
    public async Task Step_InSteadyState_AllocatesNothingPerEvent()
    {
        const int Events = 1_000;
        var sink = new CountingSink();
        var ring = new StreamSense.Core.Buffering.EventRing();
        var delivery = new BatchingDelivery(sink, [ring], new DeliveryOptions { MaxBatchEvents = Events });
        byte[] annex = "\"code\":\"E12\""u8.ToArray();
        var streamEvent = new StreamEvent { Id = new EventId(1) };
        long before = 0;
        for (int batch = 0; batch < 120; batch++)
        {
            if (batch == 20)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            for (int i = 0; i < Events; i++)
            {
                ring.TryPublish(in streamEvent, annex);
            }

            ValueTask<NextStep> step = delivery.Machine.StepAsync();
            Assert.True(step.IsCompletedSuccessfully);
            Assert.Equal(NextStep.Again, await step);
        }

        // Unoptimised code makes an object of every async method's state, some 900 bytes a batch; optimised code makes none.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1_024);
        Assert.Equal(120L * Events, sink.Events);
    }

    private sealed class CountingSink : IBatchSink
    {
        public string Name => "counting";

        public long Events { get; private set; }

        public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
        {
            Events += batch.Count;
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
