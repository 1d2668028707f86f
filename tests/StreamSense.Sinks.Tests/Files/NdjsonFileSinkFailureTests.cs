using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Sinks.Files;
using StreamSense.Testing.Clock;

namespace StreamSense.Sinks.Tests.Files;

public sealed class NdjsonFileSinkFailureTests
{
    private static readonly string First = FileRig.TextOf(1, 2);
    private static readonly string Second = FileRig.TextOf(3, 2);

    [Fact]
    public async Task WriteAsync_DiskFullAtAnyByte_LeavesNothingAndTheRetryIsThereOnce()
    {
        for (int free = 0; free < Second.Length; free++)
        {
            var disk = new MemoryVolume();
            NdjsonFileSink sink = FileRig.Open(disk);
            await FileRig.WriteAsync(sink, (1, 2));
            disk.FreeBytes = free;
            await Assert.ThrowsAsync<IOException>(() => FileRig.WriteAsync(sink, (3, 2)));
            string data = disk.List().Single(name => name.EndsWith(".ndjson", StringComparison.Ordinal));
            Assert.Equal(First.Length, disk[data].Count);
            disk.FreeBytes = null;
            await FileRig.WriteAsync(sink, (3, 2));
            Assert.Equal(First + Second, FileRig.Replay(disk));
            Assert.Equal((2L, 4L), (sink.Counts.Batches, sink.Counts.Events));
        }
    }

    [Fact]
    public async Task WriteAsync_EveryOperationFailsOnce_EachBatchIsThereOnce()
    {
        for (int failing = 0; ; failing++)
        {
            var disk = new MemoryVolume();
            NdjsonFileSink sink = FileRig.Open(disk, new NdjsonFileOptions { FlushToDisk = true, MaxFileBytes = First.Length + 10 });
            int operation = 0;
            bool failed = false;
            disk.Fails = (_, _) => operation++ == failing && (failed = true);
            await UntilWrittenAsync(sink, 1);
            await UntilWrittenAsync(sink, 3);
            await sink.DisposeAsync();
            disk.Fails = null;
            Assert.Equal(First + Second, FileRig.Replay(disk));
            if (!failed)
            {
                Assert.InRange(failing, 10, 60);
                return;
            }
        }
    }

    [Fact]
    public async Task WriteAsync_TakingBackFails_NothingIsAppendedUntilItWorks()
    {
        var disk = new MemoryVolume();
        NdjsonFileSink sink = FileRig.Open(disk);
        await FileRig.WriteAsync(sink, (1, 2));
        disk.Fails = (operation, name) => operation == "cut" || name.EndsWith(".commit", StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<IOException>(() => FileRig.WriteAsync(sink, (3, 2)));
        }

        Assert.Equal(First, FileRig.Replay(disk.Reboot()));
        disk.Fails = null;
        await FileRig.WriteAsync(sink, (3, 2));
        Assert.Equal(First + Second, FileRig.Replay(disk));
    }

    [Fact]
    public async Task WriteAsync_FlushFails_TheBatchGoesToANewFile()
    {
        var disk = new MemoryVolume();
        NdjsonFileSink sink = FileRig.Open(disk, new NdjsonFileOptions { FlushToDisk = true });
        await FileRig.WriteAsync(sink, (1, 2));
        int syncs = 0;
        disk.Fails = (operation, _) => operation == "sync" && syncs++ == 0;
        await Assert.ThrowsAsync<IOException>(() => FileRig.WriteAsync(sink, (3, 2)));
        await FileRig.WriteAsync(sink, (3, 2));
        Assert.Equal(2, sink.Counts.Files);
        Assert.Equal(First + Second, FileRig.Replay(disk));
    }

    [Fact]
    public async Task Delivery_OntoAFailingDisk_AccountsForWhatTheFilesHold()
    {
        var random = new Random(11);
        var disk = new MemoryVolume();
        NdjsonFileSink sink = FileRig.Open(disk, new NdjsonFileOptions { MaxFileBytes = 20_000 });
        var ring = new EventRing();
        var options = new DeliveryOptions
        {
            MaxBatchEvents = 50,
            Retry = RetrySchedule.Exponential(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), attempts: 2),
        };
        var clock = new FakeTimeProvider();
        var delivery = new BatchingDelivery(sink, [ring], options, clock);
        disk.Fails = (_, _) => random.Next(6) == 0;
        for (ulong id = 1; id <= 5_000; id++)
        {
            var streamEvent = new StreamEvent { Id = new EventId(id), Kind = EventKind.Pause, View = new ViewId(1) };
            Assert.True(ring.TryPublish(in streamEvent));
        }

        Task<DeliveryCounts> stop = delivery.StopAsync(TimeSpan.FromHours(1));
        while (!stop.IsCompleted)
        {
            await Task.WhenAny(stop, clock.WaitForTimersAsync(3));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        DeliveryCounts counts = await stop;
        disk.Fails = null;
        string[] lines = FileRig.Replay(disk.Reboot()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(counts.Applied, lines.Length);
        Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5_000, counts.Applied + counts.DroppedFailed);
        Assert.InRange(counts.DroppedFailed, 50, 4_000);
    }

    private static async Task UntilWrittenAsync(NdjsonFileSink sink, int from)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                await FileRig.WriteAsync(sink, (from, 2));
                return;
            }
            catch (IOException)
            {
                // As the delivery does: the same batch again.
            }
        }

        Assert.Fail("The batch was never written.");
    }
}
