namespace StreamSense.Ml.Training.Joins;

/// <summary>Recorded events, which can be gone through again as the shard that first had them did.</summary>
public interface IEventHistory
{
    /// <summary>Hands everything that was recorded to a consumer, on the calling thread.</summary>
    /// <param name="consumer">
    /// The consumer. Events, facts and sessions come in the shard's order: of a run of events first what their views told, then the events.
    /// </param>
    /// <param name="cancellationToken">Ends the replay between two runs.</param>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    void Replay(IHistoryConsumer consumer, CancellationToken cancellationToken = default);
}
