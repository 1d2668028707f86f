using System.Text;
using StreamSense.Contracts;
using StreamSense.Contracts.Delivery;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Sinks.Memory;

namespace StreamSense.Sinks.Tests.Memory;

public sealed class MemorySinkTests : BatchSinkContract
{
    [Fact]
    public async Task WriteAsync_MoreThanItKeeps_TheOldestMakeRoom()
    {
        var sink = new MemorySink(capacity: 10, annexBytes: 4_096);
        await sink.WriteAsync(SinkEvents.Batch(1, 25), default);
        Assert.Equal((10, 25L), (sink.Count, sink.Written));
        Assert.Equal(SinkEvents.Expected(16, 10), ReadBack(sink));
    }

    [Fact]
    public async Task WriteAsync_AnnexBytesUsedUp_TheOldestMakeRoom()
    {
        var sink = new MemorySink(capacity: 1_000, annexBytes: 100);
        for (int from = 1; from < 300; from += 7)
        {
            await sink.WriteAsync(SinkEvents.Batch(from, 7), default);
            IReadOnlyList<(ulong Id, string Annex)> kept = ReadBack(sink);
            Assert.InRange(kept.Sum(e => Encoding.UTF8.GetByteCount(e.Annex)), 0, 100);
            Assert.Equal(SinkEvents.Expected(from + 7 - kept.Count, kept.Count), kept);
            Assert.InRange(kept.Count, 3, 20);
        }
    }

    [Fact]
    public async Task WriteAsync_AnnexLongerThanAll_KeepsTheEventWithoutIt()
    {
        var sink = new MemorySink(capacity: 4, annexBytes: 3);
        await sink.WriteAsync(SinkEvents.Batch(3, 1), default);
        Assert.Equal([(3UL, "")], ReadBack(sink));
    }

    [Fact]
    public async Task CopyLatest_SmallerTarget_GetsTheLatest()
    {
        var sink = new MemorySink();
        await sink.WriteAsync(SinkEvents.Batch(1, 20), default);
        var target = new DeliveryBatch(4);
        Assert.Equal(4, sink.CopyLatest(target));
        Assert.Equal((17UL, 16L), (target.Events[0].Id.Value, target.FirstSequence));

        var tight = new DeliveryBatch(20, maxAnnexBytes: 80);
        Assert.InRange(sink.CopyLatest(tight), 3, 19);
        Assert.Equal(20UL, tight.Events[^1].Id.Value);
    }

    [Fact]
    public async Task WriteAsync_InSteadyState_AllocatesNothing()
    {
        var sink = new MemorySink(capacity: 100);
        DeliveryBatch batch = SinkEvents.Batch(1, 500);

        Assert.Equal(0, await Allocations.LeastAsync(() => sink.WriteAsync(batch, default)));
    }

    protected override IBatchSink CreateSink() => new MemorySink();

    protected override IReadOnlyList<(ulong Id, string Annex)> ReadBack(IBatchSink sink)
    {
        var batch = new DeliveryBatch(10_000);
        ((MemorySink)sink).CopyLatest(batch);
        var read = new List<(ulong Id, string Annex)>();
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            read.Add((streamEvent.Id.Value, Encoding.UTF8.GetString(batch.AnnexOf(in streamEvent))));
        }

        return read;
    }
}
