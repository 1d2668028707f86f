using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Testing.Sinks;

namespace StreamSense.Testing.Tests.Sinks;

public sealed class SinkDoubleTests
{
    [Fact]
    public async Task WriteAsync_OfACollectingSink_KeepsCopies()
    {
        await using var sink = new CollectingSink();
        Task reached = sink.WaitForEventsAsync(3);
        DeliveryBatch batch = Batch(first: 1, count: 2);
        await sink.WriteAsync(batch, CancellationToken.None);
        batch.Clear();
        Assert.False(reached.IsCompleted);
        await sink.WriteAsync(Batch(first: 3, count: 1), CancellationToken.None);

        await reached;
        Assert.Equal([1UL, 2UL, 3UL], sink.Events.Select(streamEvent => streamEvent.Id.Value));
        Assert.Equal([(byte)'1', (byte)'2', (byte)'3'], sink.Annexes.Select(annex => annex.Single()));
        Assert.Equal([2, 1], sink.BatchSizes);
    }

    [Fact]
    public async Task IsFlushed_OfACollectingSink_IsUntilTheNextBatch()
    {
        await using var sink = new CollectingSink();
        Assert.False(sink.IsFlushed);

        await sink.WriteAsync(Batch(first: 1, count: 2), CancellationToken.None);
        await sink.FlushAsync(CancellationToken.None);
        Assert.True(sink.IsFlushed);

        await sink.WriteAsync(Batch(first: 3, count: 1), CancellationToken.None);
        Assert.False(sink.IsFlushed);
    }

    [Fact]
    public async Task WriteAsync_OfAThrowingSink_FailsAsOftenAsToldAndThenPasses()
    {
        var inner = new CollectingSink();
        await using var sink = new ThrowingSink(inner, failures: 2);

        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(Batch(1, 1), CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(Batch(1, 1), CancellationToken.None));
        await sink.WriteAsync(Batch(1, 1), CancellationToken.None);

        Assert.Equal(3, sink.Attempts);
        Assert.Single(inner.Events);
    }

    [Fact]
    public async Task WriteAsync_OfAStallingSink_WaitsForItsRelease()
    {
        var inner = new CollectingSink();
        await using var sink = new StallingSink(inner);
        Task write = sink.WriteAsync(Batch(1, 1), CancellationToken.None).AsTask();

        await sink.Stalled;
        Assert.False(write.IsCompleted);
        sink.Release();
        await write;

        Assert.Single(inner.Events);
    }

    [Fact]
    public async Task WriteAsync_OfAStallingSinkThatIsCancelled_AppliesNothing()
    {
        var inner = new CollectingSink();
        await using var sink = new StallingSink(inner);
        using var cancellation = new CancellationTokenSource();
        Task write = sink.WriteAsync(Batch(1, 1), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Empty(inner.Events);
    }

    private static DeliveryBatch Batch(int first, int count)
    {
        var batch = new DeliveryBatch(count);
        for (int i = first; i < first + count; i++)
        {
            Assert.True(batch.TryAdd(i, new StreamEvent { Id = new EventId((ulong)i) }, [(byte)('0' + i)]));
        }

        return batch;
    }
}
