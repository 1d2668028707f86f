using StreamSense.Core.Delivery;

namespace StreamSense.Contracts.Delivery;

/// <summary>What every sink promises.</summary>
public abstract class BatchSinkContract
{
    /// <summary>Makes an empty sink; the suite disposes of it.</summary>
    protected abstract IBatchSink CreateSink();

    /// <summary>What the sink has applied so far, in order.</summary>
    protected abstract IReadOnlyList<(ulong Id, string Annex)> ReadBack(IBatchSink sink);

    [Fact]
    public async Task Name_OfASink_IsGiven()
    {
        await using IBatchSink sink = CreateSink();
        Assert.False(string.IsNullOrWhiteSpace(sink.Name));
    }

    [Fact]
    public async Task WriteAsync_ABatch_AppliesEveryEventInOrderWithItsAnnex()
    {
        await using IBatchSink sink = CreateSink();
        await sink.WriteAsync(SinkEvents.Batch(1, 100), default);
        Assert.Equal(SinkEvents.Expected(1, 100), ReadBack(sink));
    }

    [Fact]
    public async Task WriteAsync_ManyBatches_AppliesThemInOrder()
    {
        await using IBatchSink sink = CreateSink();
        for (int from = 1; from <= 91; from += 10)
        {
            await sink.WriteAsync(SinkEvents.Batch(from, 10), default);
        }

        Assert.Equal(SinkEvents.Expected(1, 100), ReadBack(sink));
    }

    [Fact]
    public async Task WriteAsync_BatchThatIsUsedAgain_IsNotKept()
    {
        await using IBatchSink sink = CreateSink();
        DeliveryBatch batch = SinkEvents.Batch(1, 5);
        await sink.WriteAsync(batch, default);
        batch.Clear();
        SinkEvents.Fill(batch, 900, 5);
        Assert.Equal(SinkEvents.Expected(1, 5), ReadBack(sink));
    }

    [Fact]
    public async Task WriteAsync_EmptyBatch_AppliesNothing()
    {
        await using IBatchSink sink = CreateSink();
        await sink.WriteAsync(new DeliveryBatch(1), default);
        Assert.Empty(ReadBack(sink));
    }

    [Fact]
    public async Task WriteAsync_CancelledBefore_AppliesNothingAndTheBatchMayComeAgain()
    {
        await using IBatchSink sink = CreateSink();
        DeliveryBatch batch = SinkEvents.Batch(1, 5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await sink.WriteAsync(batch, new CancellationToken(canceled: true)));
        Assert.Empty(ReadBack(sink));
        await sink.WriteAsync(batch, default);
        Assert.Equal(SinkEvents.Expected(1, 5), ReadBack(sink));
    }

    [Fact]
    public async Task FlushAsync_BeforeAndBetweenBatches_ChangesNothing()
    {
        await using IBatchSink sink = CreateSink();
        await sink.FlushAsync(default);
        await sink.WriteAsync(SinkEvents.Batch(1, 3), default);
        await sink.FlushAsync(default);
        await sink.FlushAsync(default);
        await sink.WriteAsync(SinkEvents.Batch(4, 3), default);
        Assert.Equal(SinkEvents.Expected(1, 6), ReadBack(sink));
    }

    [Fact]
    public async Task DisposeAsync_Twice_DoesNothingMore()
    {
        IBatchSink sink = CreateSink();
        await sink.WriteAsync(SinkEvents.Batch(1, 3), default);
        await sink.DisposeAsync();
        await sink.DisposeAsync();
    }
}
