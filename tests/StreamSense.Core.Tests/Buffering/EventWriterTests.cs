using StreamSense.Core.Buffering;
using StreamSense.Core.Diagnostics;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Buffering;

public sealed class EventWriterTests
{
    private const int Slots = 8;

    private readonly DropCounters _drops = new();

    [Fact]
    public void Write_EventWithAnnex_ReachesTheLane()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Reject);
        Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(3), "\"code\":\"E1\""u8));
        EventBatch batch = shards[0].Peek(8);
        Assert.Equal(3UL, batch.Events[0].Id.Value);
        Assert.True(batch.AnnexOf(batch.Events[0]).SequenceEqual("\"code\":\"E1\""u8));
    }

    [Fact]
    public void Write_RejectAndFull_SaysSoAndCountsNothing()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Reject);
        Fill(writer);
        Assert.Equal(WriteOutcome.Full, writer.Write(Samples.Event(9), default));
        Assert.Equal(0, _drops.Total);
        Take(shards[0], 1);
        Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(9), default));
    }

    [Fact]
    public void Write_DropNewestAndFull_DropsAndCounts()
    {
        using EventWriter writer = Writer(Shards(1), FullMode.DropNewest);
        Fill(writer);
        Assert.Equal(WriteOutcome.Dropped, writer.Write(Samples.Event(9), default));
        Assert.Equal(1, _drops[DropReason.LaneFull]);
    }

    [Fact]
    public void Write_ShedHeartbeatsAndThreeQuartersFull_KeepsRoomForTheRest()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.ShedHeartbeats);
        for (int i = 0; i < Slots * 3 / 4; i++)
        {
            Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(i, EventKind.Heartbeat), default));
        }

        Assert.Equal(WriteOutcome.Dropped, writer.Write(Samples.Event(6, EventKind.Heartbeat), default));
        Assert.Equal(WriteOutcome.Dropped, writer.Write(Samples.Event(6, EventKind.MediaRequest), default));
        Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(6, EventKind.PlaybackEnd), default));
        Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(7, EventKind.BillingIssue), default));
        Assert.Equal(WriteOutcome.Dropped, writer.Write(Samples.Event(8, EventKind.PlaybackEnd), default));
        Assert.Equal(2, _drops[DropReason.Shed]);
        Assert.Equal(1, _drops[DropReason.LaneFull]);

        Take(shards[0], 3);
        Assert.Equal(WriteOutcome.Written, writer.Write(Samples.Event(9, EventKind.Heartbeat), default));
    }

    [Fact]
    public void Write_ShedHeartbeatsAndAnnexBytesThreeQuartersFull_Sheds()
    {
        using EventWriter writer = Writer(Shards(1), FullMode.ShedHeartbeats);
        for (int i = 0; i < 3; i++)
        {
            writer.Write(Samples.Event(i, EventKind.Error), new byte[60]);
        }

        Assert.Equal(WriteOutcome.Dropped, writer.Write(Samples.Event(6, EventKind.Heartbeat), default));
    }

    [Fact]
    public async Task Write_WaitAndFull_WaitsForRoom()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        Fill(writer);
        Task<WriteOutcome> waiting = OnThread(() => writer.Write(Samples.Event(9), "late"u8));
        Assert.False(waiting.IsCompleted);
        Take(shards[0], 1);
        Assert.Equal(WriteOutcome.Written, await waiting);
        Assert.Equal(0, _drops.Total);
    }

    [Fact]
    public async Task Write_WaitAndClosedMeanwhile_IsRefusedAndCounted()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        Fill(writer);
        Task<WriteOutcome> waiting = OnThread(() => writer.Write(Samples.Event(9), default));
        shards[0].Close();
        Assert.Equal(WriteOutcome.Refused, await waiting);
        Assert.Equal(1, _drops[DropReason.Closed]);
    }

    [Theory]
    [InlineData(FullMode.Wait)]
    [InlineData(FullMode.Reject)]
    [InlineData(FullMode.DropNewest)]
    [InlineData(FullMode.ShedHeartbeats)]
    public void Write_AnnexTooLong_IsRefusedAndCounted(FullMode mode)
    {
        using EventWriter writer = Writer(Shards(1), mode);
        Assert.Equal(WriteOutcome.Refused, writer.Write(Samples.Event(1), new byte[65]));
        Assert.Equal(1, _drops[DropReason.AnnexTooLong]);
    }

    [Fact]
    public void Write_DisposedWriter_IsRefusedAndCounted()
    {
        EventWriter writer = Writer(Shards(1), FullMode.Wait);
        writer.Dispose();
        writer.Dispose();
        Assert.Equal(WriteOutcome.Refused, writer.Write(Samples.Event(1), default));
        Assert.Equal(2, writer.TryWrite([Samples.Event(1), Samples.Event(2)]));
        Assert.Equal(3, _drops[DropReason.Closed]);
    }

    [Fact]
    public void Dispose_EventsInTheLane_StillReachTheShard()
    {
        LaneSet[] shards = Shards(1);
        EventWriter writer = Writer(shards, FullMode.Reject);
        Fill(writer);
        writer.Dispose();
        Assert.Equal(Slots, Take(shards[0], Slots));
        Assert.Equal(0, Take(shards[0], 1));
        Assert.Equal(0, shards[0].Count);
    }

    [Fact]
    public void TryWrite_BatchLargerThanTheLane_TakesWhatFits()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        StreamEvent[] events = [.. Enumerable.Range(0, 12).Select(i => Samples.Event(i))];
        Assert.Equal(8, writer.TryWrite(events));
        Assert.Equal(0, writer.TryWrite(events.AsSpan(8)));
        Take(shards[0], 8);
        Assert.Equal(4, writer.TryWrite(events.AsSpan(8)));
        Assert.Equal(8UL, shards[0].Peek(1).Events[0].Id.Value);
    }

    [Fact]
    public void TryWrite_DropNewest_DealsWithAll()
    {
        using EventWriter writer = Writer(Shards(1), FullMode.DropNewest);
        Assert.Equal(12, writer.TryWrite([.. Enumerable.Range(0, 12).Select(i => Samples.Event(i))]));
        Assert.Equal(4, _drops[DropReason.LaneFull]);
    }

    [Fact]
    public void TryWrite_ShedHeartbeats_ShedsWithinTheBatch()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.ShedHeartbeats);
        StreamEvent[] events =
            [.. Enumerable.Range(0, 12).Select(i => Samples.Event(i, i < 10 ? EventKind.Heartbeat : EventKind.PlaybackEnd))];
        Assert.Equal(12, writer.TryWrite(events));
        Assert.Equal(4, _drops[DropReason.Shed]);
        Assert.Equal(8, shards[0].Pending);
    }

    [Fact]
    public void TryWrite_SeveralShards_KeepsTheOrderInEach()
    {
        LaneSet[] shards = Shards(3, slots: 1024);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        StreamEvent[] events = [.. Enumerable.Range(0, 1000).Select(i => Samples.Event(i))];
        Assert.Equal(1000, writer.TryWrite(events));
        int total = 0;
        for (int shard = 0; shard < shards.Length; shard++)
        {
            ReadOnlySpan<StreamEvent> seen = shards[shard].Peek(1024).Events;
            total += seen.Length;
            for (int i = 0; i < seen.Length; i++)
            {
                Assert.Equal(shard, ShardRouting.ShardOf(in seen[i], 3));
                Assert.True(i == 0 || seen[i - 1].Id.Value < seen[i].Id.Value);
            }
        }

        Assert.Equal(1000, total);
    }

    [Fact]
    public void Write_PlaybackRequest_IsCopiedToTheOtherShards()
    {
        LaneSet[] shards = Shards(3);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        StreamEvent request = Samples.Request(view: 5, device: 6);
        int home = ShardRouting.ShardOf(in request, 3);
        writer.Write(in request, "\"k\":1"u8);
        Assert.Equal(1, writer.TryWrite([request]));
        for (int i = 0; i < 3; i++)
        {
            EventBatch batch = shards[i].Peek(8);
            Assert.Equal(2, batch.Events.Length);
            Assert.Equal(i != home, batch.Events[0].Flags.HasFlag(EventFlags.Broadcast));
            Assert.Equal(i != home, batch.AnnexOf(batch.Events[0]).IsEmpty);
            Assert.Equal(5UL, batch.Events[0].View.Value);
        }
    }

    [Fact]
    public void Write_RequestThatSupersedesNothing_StaysInItsShard()
    {
        LaneSet[] shards = Shards(2);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        writer.Write(Samples.Request(view: 5, device: 6, preload: true), default);
        writer.Write(Samples.Request(view: 5, device: 0), default);
        Assert.Equal(2, shards[0].Pending + shards[1].Pending);
    }

    [Fact]
    public void Write_RejectAndAnotherShardFull_WritesNothingOfARequest()
    {
        LaneSet[] shards = Shards(2);
        using EventWriter writer = Writer(shards, FullMode.Reject);
        StreamEvent request = Samples.Request(view: 5, device: 6);
        int home = ShardRouting.ShardOf(in request, 2);
        FillShard(writer, shards.Length, 1 - home);
        Assert.Equal(WriteOutcome.Full, writer.Write(in request, default));
        Assert.Equal(0, writer.TryWrite([request]));
        Assert.Equal(0, shards[home].Pending);
    }

    [Fact]
    public void Write_DropNewestAndAnotherShardFull_CountsTheLostCopy()
    {
        LaneSet[] shards = Shards(2);
        using EventWriter writer = Writer(shards, FullMode.DropNewest);
        StreamEvent request = Samples.Request(view: 5, device: 6);
        int home = ShardRouting.ShardOf(in request, 2);
        FillShard(writer, shards.Length, 1 - home);
        Assert.Equal(WriteOutcome.Written, writer.Write(in request, default));
        Assert.Equal(1, shards[home].Pending);
        Assert.Equal(1, _drops[DropReason.BroadcastCopy]);
        Assert.Equal(0, _drops.Total);
    }

    [Fact]
    public async Task WaitToWriteAsync_FullLane_CompletesWithRoom()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        Assert.True(await writer.WaitToWriteAsync());
        Fill(writer);
        ValueTask<bool> waiting = writer.WaitToWriteAsync();
        Assert.False(waiting.IsCompleted);
        Take(shards[0], 1);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitToWriteAsync_ClosedShard_IsFalse()
    {
        LaneSet[] shards = Shards(1);
        using EventWriter writer = Writer(shards, FullMode.Wait);
        Fill(writer);
        ValueTask<bool> waiting = writer.WaitToWriteAsync();
        shards[0].Close();
        Assert.False(await waiting);
    }

    [Fact]
    public void Constructor_AShardTakesNoMore_ReturnsWhatItHad()
    {
        LaneSet[] shards = Shards(2);
        shards[1].Close();
        Assert.Throws<InvalidOperationException>(() => Writer(shards, FullMode.Wait));
        shards[0].Peek(1);
        Assert.Equal(0, shards[0].Count);
    }

    private static LaneSet[] Shards(int count, int slots = Slots) =>
        [.. Enumerable.Range(0, count).Select(_ =>
            new LaneSet(new LaneOptions { SlotCount = slots, AnnexBytes = 256, MaxAnnexBytesPerEvent = 64 }))];

    private static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Fill(EventWriter writer) =>
        Assert.Equal(Slots, writer.TryWrite([.. Enumerable.Range(0, Slots).Select(i => Samples.Event(i))]));

    private static void FillShard(EventWriter writer, int shardCount, int shard)
    {
        int written = 0;
        for (ulong view = 1; written < Slots; view++)
        {
            var streamEvent = new StreamEvent { View = new ViewId(view), Kind = EventKind.Pause };
            if (ShardRouting.ShardOf(in streamEvent, shardCount) == shard)
            {
                Assert.Equal(WriteOutcome.Written, writer.Write(in streamEvent, default));
                written++;
            }
        }
    }

    private static int Take(LaneSet shard, int max)
    {
        int taken = shard.Peek(max).Events.Length;
        if (taken > 0)
        {
            shard.Advance(taken);
        }

        return taken;
    }

    private EventWriter Writer(LaneSet[] shards, FullMode mode) => new(shards, _drops, new WriterOptions { FullMode = mode });
}
