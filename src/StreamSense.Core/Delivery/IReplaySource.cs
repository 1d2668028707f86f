namespace StreamSense.Core.Delivery;

/// <summary>Reads back, at start, what a sink kept of earlier runs.</summary>
/// <remarks>
/// What is read is canonical NDJSON with pseudonyms, in the order in which it was written; the pipeline feeds it through its door as
/// replayed events, before it takes live ones. The reading half of a sink that can read back; the writing half is its
/// <see cref="IBatchSink"/>.
/// </remarks>
public interface IReplaySource
{
    /// <summary>What this source is called in counts and messages.</summary>
    string Name { get; }

    /// <summary>Hands every byte that was kept to a feed, in order, on the calling thread.</summary>
    /// <param name="feed">Takes the chunks; one may end within a line, the last of them ends with one.</param>
    /// <param name="cancellationToken">Ends the reading between two chunks.</param>
    /// <returns>What was read and what was found damaged.</returns>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    ReplaySummary Replay(ReplayFeed feed, CancellationToken cancellationToken = default);
}
