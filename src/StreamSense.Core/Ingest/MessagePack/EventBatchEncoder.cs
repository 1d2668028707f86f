using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Adds events that have passed the door to batches: what a pipeline writes for itself or another to read back.</summary>
/// <remarks>
/// Says what <see cref="NdjsonEncoder"/> says: ids as pseudonyms, which only a reader believes that sets
/// <see cref="NdjsonOptions.TrustPseudonyms"/>. One thread at a time; allocates nothing once its buffers have grown.
/// </remarks>
/// <param name="vocabulary">Gives the names of titles and dimensions.</param>
/// <param name="batch">Takes the events.</param>
public sealed class EventBatchEncoder(Vocabulary vocabulary, EventBatchWriter batch)
{
    private readonly NdjsonEncoder _lines = new(vocabulary);

    /// <summary>Adds an event.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex bytes, or empty.</param>
    public void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex) => batch.AddLine(_lines.Encode(streamEvent, annex));
}
