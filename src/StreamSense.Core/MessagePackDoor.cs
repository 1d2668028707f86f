using StreamSense.Core.Buffering;
using StreamSense.Core.Ingest.MessagePack;

namespace StreamSense.Core;

/// <summary>A rented reader of MessagePack batches that writes into a pipeline.</summary>
/// <remarks>One thread at a time. Disposing returns it; do not use it after.</remarks>
public sealed class MessagePackDoor : IDisposable
{
    private readonly Action<MessagePackDoor> _return;

    internal MessagePackDoor(MessagePackIngest ingest, EventWriter writer, Action<MessagePackDoor> returnDoor)
    {
        Ingest = ingest;
        Writer = writer;
        _return = returnDoor;
    }

    /// <summary>Reads bodies.</summary>
    public MessagePackIngest Ingest { get; }

    internal EventWriter Writer { get; }

    /// <summary>Returns the door to its pipeline.</summary>
    public void Dispose() => _return(this);
}
