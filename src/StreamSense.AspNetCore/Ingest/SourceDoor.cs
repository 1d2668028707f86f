using System.Buffers;
using StreamSense.Core;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes a body of another source's format.</summary>
/// <param name="door">The pipeline's door.</param>
/// <param name="giveBack">Takes it back.</param>
internal sealed class SourceDoor(TranslatedDoor door, Action<TranslatedDoor> giveBack) : IngestDoor
{
    /// <inheritdoc/>
    public override void Begin(IngestOrigin origin) => door.Ingest.Begin(origin);

    /// <inheritdoc/>
    public override void Feed(in ReadOnlySequence<byte> chunk)
    {
        foreach (ReadOnlyMemory<byte> part in chunk)
        {
            door.Ingest.Feed(part.Span);
        }
    }

    /// <inheritdoc/>
    public override IngestResult Complete() => door.Ingest.Complete();

    /// <inheritdoc/>
    public override void Dispose() => giveBack(door);
}
