using System.Buffers;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Where the body of one request goes in: a reader of its format and the writer that it feeds.</summary>
/// <remarks>Used by one request at a time.</remarks>
internal abstract class IngestDoor : IDisposable
{
    /// <summary>Begins a body.</summary>
    public abstract void Begin(EventTime receivedAt);

    /// <summary>Reads the next chunk.</summary>
    public abstract void Feed(in ReadOnlySequence<byte> chunk);

    /// <summary>Ends the body.</summary>
    public abstract IngestResult Complete();

    /// <summary>Returns the writer.</summary>
    public abstract void Dispose();
}
