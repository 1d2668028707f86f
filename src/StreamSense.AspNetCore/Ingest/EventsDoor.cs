using System.Buffers;
using StreamSense.Core;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes a body of canonical NDJSON.</summary>
/// <param name="door">The pipeline's door.</param>
internal sealed class EventsDoor(NdjsonDoor door) : IngestDoor
{
    /// <inheritdoc/>
    public override void Begin(IngestOrigin origin) => door.Ingest.Begin(origin);

    /// <inheritdoc/>
    public override void Feed(in ReadOnlySequence<byte> chunk) => door.Ingest.Feed(chunk);

    /// <inheritdoc/>
    public override IngestResult Complete() => door.Ingest.Complete();

    /// <inheritdoc/>
    public override void Dispose() => door.Dispose();
}
