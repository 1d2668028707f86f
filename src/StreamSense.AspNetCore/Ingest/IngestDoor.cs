using System.Buffers;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Where the body of one request goes in, whatever its format.</summary>
/// <remarks>Used by one request; disposing returns what was rented.</remarks>
internal abstract class IngestDoor : IDisposable
{
    /// <summary>Begins the body.</summary>
    public abstract void Begin(IngestOrigin origin);

    /// <summary>Reads the next chunk.</summary>
    public abstract void Feed(in ReadOnlySequence<byte> chunk);

    /// <summary>Ends the body.</summary>
    public abstract IngestResult Complete();

    /// <summary>Returns what was rented.</summary>
    public abstract void Dispose();
}
