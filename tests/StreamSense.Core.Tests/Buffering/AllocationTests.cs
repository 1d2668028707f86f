using StreamSense.Contracts;
using StreamSense.Core.Buffering;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(1, FullMode.Wait)]
    [InlineData(3, FullMode.DropNewest)]
    [InlineData(2, FullMode.ShedHeartbeats)]
    public void Write_AMillionEventsThroughLanesAndRing_AllocatesNothing(int shardCount, FullMode mode)
    {
        var drops = new DropCounters();
        LaneSet[] shards = [.. Enumerable.Range(0, shardCount).Select(_ => new LaneSet(new LaneOptions { SlotCount = 1024 }))];
        var ring = new EventRing(new RingOptions { SlotCount = 4096 });
        RingCursor cursor = ring.AddCursor();
        using var writer = new EventWriter(shards, drops, new WriterOptions { FullMode = mode });
        var batch = new StreamEvent[64];
        for (int i = 0; i < batch.Length; i++)
        {
            batch[i] = i % 16 == 0 ? Samples.Request((ulong)i + 1, 3) : Samples.Event(i, EventKind.Heartbeat);
        }

        long read = 0;
        long allocated = Allocations.Least(() => read = Flow(writer, shards, ring, cursor, batch, rounds: 10_000));

        Assert.Equal(0, allocated);
        Assert.True(read >= 1_000_000, $"{read} events");
        Assert.Equal(0, drops.Total);
    }

    private static long Flow(EventWriter writer, LaneSet[] shards, EventRing ring, RingCursor cursor, StreamEvent[] batch, int rounds)
    {
        long read = 0;
        ReadOnlySpan<byte> annex = "\"message\":\"no licence\""u8;
        for (int round = 0; round < rounds; round++)
        {
            writer.TryWrite(batch);
            for (int i = 0; i < 36; i++)
            {
                writer.Write(in batch[i], annex);
            }

            foreach (LaneSet lanes in shards)
            {
                for (EventBatch taken = lanes.Peek(256); !taken.Events.IsEmpty; taken = lanes.Peek(256))
                {
                    foreach (ref readonly StreamEvent streamEvent in taken.Events)
                    {
                        ring.TryPublish(in streamEvent, taken.AnnexOf(in streamEvent));
                    }

                    lanes.Advance(taken.Events.Length);
                }
            }

            for (EventBatch shown = cursor.Peek(512); !shown.Events.IsEmpty; shown = cursor.Peek(512))
            {
                read += shown.Events.Length;
                cursor.Advance(shown.Events.Length);
            }
        }

        return read;
    }
}
