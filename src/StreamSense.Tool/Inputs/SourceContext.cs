using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Tool.Inputs;

/// <summary>What a reader of any format is made of.</summary>
/// <param name="Vocabulary">Where names go.</param>
/// <param name="Pseudonymizer">What ids become.</param>
/// <param name="Receiver">Takes the events.</param>
internal sealed record SourceContext(Vocabulary Vocabulary, Pseudonymizer Pseudonymizer, IEventReceiver Receiver)
{
    // One document of another format may hold many records.
    private const int DocumentBytes = 4 * 1024 * 1024;

    /// <summary>Keeps what is refused; null to keep nothing.</summary>
    public FailedEvents? Failed { get; init; }

    /// <summary>The mapping file of format <c>mapped</c>; null if none is given.</summary>
    public string? MapFile { get; init; }

    /// <summary>Is told of an input whose end cannot be read; what comes before counts. Null if that ends the run.</summary>
    public Action<string>? Damaged { get; init; }

    /// <summary>How files are read: events that say nothing of consent are measured, and what they say of their receipt is true.</summary>
    public static NdjsonOptions FileOptions => new()
    {
        Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement),
        TrustReceived = true,
        KeepEventIdText = true,
    };

    /// <summary>A decoder of canonical text.</summary>
    public NdjsonDecoder Decoder() => new(Vocabulary, Pseudonymizer, FileOptions);

    /// <summary>A reader of a format that a translator knows.</summary>
    /// <param name="translator">Knows it.</param>
    public IEventIngest Translated(IRecordTranslator translator)
    {
        NdjsonOptions options = FileOptions;
        options.MaxLineBytes = DocumentBytes;
        return new TranslatedIngest(translator, new NdjsonDecoder(Vocabulary, Pseudonymizer, options), Receiver, failed: Failed);
    }
}
