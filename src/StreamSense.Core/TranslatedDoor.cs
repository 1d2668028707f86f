using StreamSense.Core.Buffering;
using StreamSense.Core.Ingest;

namespace StreamSense.Core;

/// <summary>A reader of bodies of another format that writes into a pipeline.</summary>
/// <remarks>One thread at a time. Disposing returns its writer; do not use it after.</remarks>
public sealed class TranslatedDoor : IDisposable
{
    private readonly EventWriter _writer;

    internal TranslatedDoor(TranslatedIngest ingest, EventWriter writer)
    {
        Ingest = ingest;
        _writer = writer;
    }

    /// <summary>Reads bodies.</summary>
    public TranslatedIngest Ingest { get; }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
