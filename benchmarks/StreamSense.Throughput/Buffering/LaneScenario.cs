using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Buffering;

/// <summary>Events from one or more writing threads to one reading thread.</summary>
/// <remarks>
/// Every contender holds 16,384 events, takes the same 128-byte event written whole, and has one field of each of its two cache lines read.
/// Bare memory is no contender but the bound: what the cores can hand over, whoever tells them where.
/// <code>
/// writer 0 -> lane 0 \
///                      reader
/// writer 1 -> lane 1 /
/// </code>
/// </remarks>
public sealed class LaneScenario(int writers) : IScenario
{
    /// <inheritdoc/>
    public string Name => writers == 1 ? "lanes-one-writer" : "lanes-two-writers";

    /// <inheritdoc/>
    public string Summary => writers == 1
        ? "128-byte events from one thread to another"
        : $"128-byte events from {writers} threads to one";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options) =>
        new ThroughputRunner(options).Run(this, [Case("single", batch: 1, floor: 5), Case("batch 64", batch: 64, floor: 7)]);

    private ThroughputCase Case(string name, int batch, double floor)
    {
        var bare = new BareTransfer(writers);
        var lanes = new LaneTransfer(writers, batch);
        var rented = new WriterTransfer(writers, batch);
        var queue = new QueueTransfer(writers);
        var channel = new ChannelTransfer(writers);
        return new ThroughputCase(
            name,
            [
                new Contender("EventLane", lanes.Run),
                new Contender("EventWriter", rented.Run),
                new Contender("bare memory, by 1,024", bare.Run),
                new Contender("ConcurrentQueue", queue.Run),
                new Contender("bounded Channel", channel.Run) { Renew = channel.Renew },
            ],
            Transfer.ChecksumOf,
            writers + 1) { Floor = floor };
    }
}
