using System.Buffers;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes a body of CMCD records.</summary>
/// <param name="ingest">Reads bodies.</param>
/// <param name="writer">What it feeds.</param>
/// <param name="giveBack">Takes the door back.</param>
internal sealed class CmcdDoor(CmcdIngest ingest, EventWriter writer, Action<CmcdDoor> giveBack) : IngestDoor
{
    /// <inheritdoc/>
    public override void Begin(IngestOrigin origin) => ingest.Begin(origin);

    /// <inheritdoc/>
    public override void Feed(in ReadOnlySequence<byte> chunk) => ingest.Feed(chunk);

    /// <inheritdoc/>
    public override IngestResult Complete() => ingest.Complete();

    /// <inheritdoc/>
    public override void Dispose() => giveBack(this);

    /// <summary>Hands on the records that have waited too long for one before them.</summary>
    /// <param name="now">The time.</param>
    public void ReleaseOverdue(EventTime now) => ingest.ReleaseOverdue(now);

    /// <summary>Hands on every record that waits for one before it.</summary>
    public void ReleaseAll() => ingest.ReleaseAll();

    /// <summary>Returns the writer for good.</summary>
    public void Close() => writer.Dispose();
}
