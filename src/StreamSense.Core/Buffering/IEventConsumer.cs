namespace StreamSense.Core.Buffering;

/// <summary>Follows a shard's sequenced order.</summary>
/// <remarks>
/// Called by one thread at a time, with every admitted event of the shard exactly once and in order. An implementation allocates nothing
/// per event and throws only for defects: an exception ends the shard.
/// </remarks>
public interface IEventConsumer
{
    /// <summary>Takes the next run of events.</summary>
    /// <param name="batch">The events; not to be kept.</param>
    void Consume(in EventBatch batch);
}
