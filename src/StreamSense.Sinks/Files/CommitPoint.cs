namespace StreamSense.Sinks.Files;

/// <summary>A place in a data file up to which whole batches lie.</summary>
/// <param name="Length">How many bytes.</param>
/// <param name="Events">How many events, that is lines.</param>
/// <param name="Checksum">The CRC-32C of the bytes.</param>
internal readonly record struct CommitPoint(long Length, long Events, uint Checksum);
