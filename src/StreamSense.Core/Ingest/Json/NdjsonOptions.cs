using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>How canonical NDJSON is read.</summary>
/// <remarks>Read when a decoder is made; later changes have no effect on it.</remarks>
public sealed class NdjsonOptions
{
    /// <summary>The longest line, in bytes, that is looked at; a longer one is refused as <see cref="RejectReason.TooLarge"/>.</summary>
    /// <value>65,536. At least 256, at most 16 Mi.</value>
    public int MaxLineBytes { get; set; } = 64 * 1024;

    /// <summary>What holds for events that say nothing of consent, and what becomes of those that may not be measured.</summary>
    /// <value>Measurement and personalisation are assumed; what may not be measured is refused. A host whose viewers must opt in sets
    /// <see cref="ConsentPolicy.RequireExplicit"/>.</value>
    public ConsentPolicy Consent { get; set; } = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);

    /// <summary>Whether a record's own <c>received</c> is taken where the host gives none: for files, not for clients.</summary>
    /// <value>False.</value>
    public bool TrustReceived { get; set; }

    /// <summary>
    /// Whether pseudonyms written by <see cref="NdjsonEncoder"/> (<c>~</c> and 16 hexadecimal digits) are taken as they are: for reading
    /// back what this SDK wrote, never for clients. Events so read carry <see cref="EventFlags.Replayed"/>.
    /// </summary>
    /// <value>False: such a text is hashed as any other.</value>
    public bool TrustPseudonyms { get; set; }

    /// <summary>Whether the text of <c>id</c> is kept in the annex, for a reader that orders events by it.</summary>
    /// <value>False.</value>
    public bool KeepEventIdText { get; set; }

    internal NdjsonOptions Copy() => (NdjsonOptions)MemberwiseClone();

    internal static void Validate(NdjsonOptions options)
    {
        if (options.MaxLineBytes is < 256 or > 16 * 1024 * 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxLineBytes, "MaxLineBytes lies outside 256 to 16 Mi.");
        }

        ArgumentNullException.ThrowIfNull(options.Consent);
    }
}
