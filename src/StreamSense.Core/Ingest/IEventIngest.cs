using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>Reads bodies of one format, chunk by chunk, and hands their events on.</summary>
/// <remarks>
/// Call <see cref="Begin"/>, <see cref="Feed"/> for each chunk, <see cref="Complete"/>; then again for the next body. Chunks may be split
/// anywhere. One thread at a time; only the counters may be read by others meanwhile. No input makes a member throw.
/// </remarks>
public interface IEventIngest
{
    /// <summary>The name of the format, as <see cref="FailedEvent.Format"/> has it.</summary>
    string Format { get; }

    /// <summary>What came in, over all bodies.</summary>
    IngestCounters Counters { get; }

    /// <summary>Begins a body, forgetting what is left of one that was not completed.</summary>
    /// <param name="origin">What the host knows of the body.</param>
    void Begin(IngestOrigin origin);

    /// <summary>Reads the next chunk of the body.</summary>
    /// <param name="chunk">The chunk; not kept.</param>
    void Feed(ReadOnlySpan<byte> chunk);

    /// <summary>Ends the body: a last record without its end counts, if it is whole.</summary>
    /// <returns>What became of its records.</returns>
    IngestResult Complete();

    /// <summary>Hands on the records that have waited too long for one before them.</summary>
    /// <param name="now">The host's time.</param>
    void ReleaseOverdue(EventTime now)
    {
    }

    /// <summary>Hands on every record that waits: at the end of a file, or of the process.</summary>
    void ReleaseAll()
    {
    }
}
