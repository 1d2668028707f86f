namespace StreamSense.Core.Ingest.Failures;

/// <summary>A failed record that was read back from a store.</summary>
/// <param name="Id">Its name in the store: the number of the file and of the line.</param>
/// <param name="Failed">The record; without its bytes and excerpts where the seal could not be opened.</param>
/// <param name="IsOpen">Whether the seal could be opened.</param>
/// <param name="IsRecoverable">Whether another try can succeed.</param>
public sealed record StoredFailure(string Id, FailedEvent Failed, bool IsOpen, bool IsRecoverable);
