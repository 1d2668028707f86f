namespace StreamSense.Core.Ingest;

/// <summary>Keeps failed records beyond the memory of the process.</summary>
/// <remarks>Called by any thread, by several at once. Must be bounded, and must not throw: the record is in memory and counted.</remarks>
public interface IFailedEventStore
{
    /// <summary>Keeps a record.</summary>
    /// <param name="failed">The record.</param>
    void Add(FailedEvent failed);
}
