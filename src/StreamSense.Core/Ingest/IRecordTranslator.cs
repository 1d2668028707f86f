namespace StreamSense.Core.Ingest;

/// <summary>Says in canonical events what a record of another format says.</summary>
/// <remarks>
/// The one thing that a source has to add: cutting, validation, pseudonyms, consent, identity and accounts are those of every format.
/// One thread at a time. No input makes a member throw; a translator allocates nothing once it is warm.
/// </remarks>
public interface IRecordTranslator
{
    /// <summary>The name of the format, for example <c>snowplow</c>; also the source of events for which nothing else is known.</summary>
    string Format { get; }

    /// <summary>How a body is cut.</summary>
    RecordFraming Framing { get; }

    /// <summary>What a piece needs before it to be read on its own: a header row, a directive; empty if nothing.</summary>
    /// <remarks>Kept with a record that fails, so that it can be tried again.</remarks>
    ReadOnlySpan<byte> Preamble => default;

    /// <summary>Begins a body: what was remembered of the one before (headers, directives) is forgotten.</summary>
    /// <param name="origin">What the host knows of the body.</param>
    void Begin(IngestOrigin origin);

    /// <summary>Translates a piece of the body.</summary>
    /// <param name="piece">The piece; never empty, valid UTF-8, not kept.</param>
    /// <param name="output">
    /// Takes the records of the piece: none where it is no record (a header, a comment), several where it is an envelope of many.
    /// </param>
    void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output);

    /// <summary>Ends the body: a record of several pieces whose last one never came is said, or refused, here.</summary>
    /// <param name="output">Takes the records that were left.</param>
    void Complete(CanonicalRecords output)
    {
    }
}
