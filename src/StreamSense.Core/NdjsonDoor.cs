using StreamSense.Core.Buffering;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core;

/// <summary>A rented reader of canonical NDJSON that writes into a pipeline.</summary>
/// <remarks>One thread at a time. Disposing returns it; do not use it after.</remarks>
public sealed class NdjsonDoor : IDisposable
{
    private readonly Action<NdjsonDoor> _return;

    internal NdjsonDoor(NdjsonIngest ingest, EventWriter writer, Action<NdjsonDoor> returnDoor)
    {
        Ingest = ingest;
        Writer = writer;
        _return = returnDoor;
    }

    /// <summary>Reads bodies.</summary>
    public NdjsonIngest Ingest { get; }

    internal EventWriter Writer { get; }

    /// <summary>Returns the door to its pipeline.</summary>
    public void Dispose() => _return(this);
}
