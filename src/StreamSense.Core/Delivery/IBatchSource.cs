using StreamSense.Core.Buffering;

namespace StreamSense.Core.Delivery;

/// <summary>The sequenced order of one shard, as a delivery reads it: a cursor that is pulled.</summary>
internal interface IBatchSource
{
    /// <summary>The sequence of the next event to be peeked.</summary>
    long Position { get; }

    /// <summary>How many events are there to be peeked.</summary>
    long Pending { get; }

    /// <summary>The next run of events, possibly empty; they stay until <see cref="Advance"/>.</summary>
    EventBatch Peek(int max);

    /// <summary>Releases the first of the events peeked.</summary>
    void Advance(int count);

    /// <summary>Waits until there are events to peek.</summary>
    ValueTask WaitToReadAsync(CancellationToken cancellationToken);
}
