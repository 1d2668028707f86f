using System.Runtime.CompilerServices;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads one line of canonical NDJSON as an event.</summary>
/// <remarks>
/// Stateless from line to line but for caches; used by one thread at a time. A valid line costs no allocation once the caches and buffers
/// are warm. Ids become pseudonyms here; names of titles and dimensions go to the vocabulary. Members that a sender repeats byte for byte
/// are compared instead of read: at most 1,024 such runs of 512 bytes are held in memory, until <see cref="Assume"/> begins the next body.
/// </remarks>
public sealed class NdjsonDecoder
{
    /// <summary>The schema version that this release reads and writes.</summary>
    public const int SchemaVersion = 1;

    private readonly NdjsonOptions _options;
    private readonly RecordScratch _scratch = new();
    private readonly AnnexBuilder _annex = new();
    private readonly IdReader _ids;
    private readonly EnvelopeDecoder _envelope;
    private readonly PayloadDecoder _payload;

    /// <summary>Creates a decoder.</summary>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Turns ids into pseudonyms.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <param name="choices">What viewers chose, shared by the decoders of a pipeline; null to hold no one to an earlier choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public NdjsonDecoder(
        Vocabulary vocabulary, Pseudonymizer pseudonymizer, NdjsonOptions? options = null, ConsentLedger? choices = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        _options = (options ?? new NdjsonOptions()).Copy();
        NdjsonOptions.Validate(_options);
        _ids = new IdReader(vocabulary, pseudonymizer, _options.TrustPseudonyms);
        _envelope = new EnvelopeDecoder(vocabulary, pseudonymizer, _ids, _options, _scratch);
        _payload = new PayloadDecoder(vocabulary, _ids, _annex);
        Consent = new ConsentDoor(_options.Consent, choices, pseudonymizer);
        Assumed = new AssumedOrigin(vocabulary, pseudonymizer);
    }

    /// <summary>The longest line that is looked at, in bytes.</summary>
    public int MaxLineBytes => _options.MaxLineBytes;

    /// <summary>Decides what events may be used for.</summary>
    internal ConsentDoor Consent { get; }

    /// <summary>Fills what events do not say.</summary>
    internal AssumedOrigin Assumed { get; }

    /// <summary>How many senders' repeated members are held in memory.</summary>
    internal int RememberedEnvelopes => _scratch.Runs.Count;

    /// <summary>Begins a body: forgets the senders of the last one, and takes what the host knows of the next lines.</summary>
    /// <remarks>What the host knows fills what the lines do not say, and may take purposes from them.</remarks>
    /// <param name="origin">What the host knows.</param>
    public void Assume(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _scratch.Runs.Forget();
        Assumed.Begin(origin);
        Consent.Begin(origin.Consent, origin.Withheld);
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line, without its line end.</param>
    /// <param name="receivedAt">When the host received it; default if the host does not know.</param>
    /// <param name="streamEvent">The event; cleared if the line is refused. Its annex handle is left for the receiver to set.</param>
    /// <param name="annex">The members that the event has no place for; valid until the next call.</param>
    /// <returns>Why the line is refused, or <see cref="RejectReason.None"/>; <see cref="DescribeLastError"/> says more.</returns>
    public RejectReason Decode(ReadOnlySpan<byte> line, EventTime receivedAt, out StreamEvent streamEvent, out ReadOnlySpan<byte> annex)
    {
        streamEvent = default;
        annex = default;
        _annex.Clear();
        if (line.Length > _options.MaxLineBytes)
        {
            _scratch.Begin(0);
            _scratch.Fail(RejectReason.TooLarge, JsonField.Count, "the line is longer than the limit");
            return _scratch.Reason;
        }

        _scratch.Begin(line.Length);
        try
        {
            Read(line, receivedAt, ref streamEvent);
        }
        catch (JsonException exception)
        {
            _scratch.Malformed(exception.BytePositionInLine ?? 0);
        }

        if (_scratch.Reason != RejectReason.None)
        {
            streamEvent = default;
            return _scratch.Reason;
        }

        annex = _annex.Written;
        return RejectReason.None;
    }

    /// <summary>Why the last line was refused, in words: <c>playheadMs: expected a number, found "abc"</c>; empty if it was not.</summary>
    public string DescribeLastError() => _scratch.Describe();

    // Apart, so that nothing of it has to be where an exception would find it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Read(ReadOnlySpan<byte> line, EventTime receivedAt, ref StreamEvent e)
    {
        JsonRecord record = JsonRecord.Scan(line, _scratch);
        if (record.Failed || !IsVersionKnown(record) || !TryKind(record, out e.Kind) || !IsComplete(record, e.Kind))
        {
            return;
        }

        bool isPseudonym = _options.TrustPseudonyms && Pseudonym.TryParse(record.Text(JsonField.Id, RecordLimits.Id), out _);
        if (_options.KeepEventIdText && !isPseudonym)
        {
            _annex.Text(record, JsonField.Id, RecordLimits.Id);
        }

        _envelope.ReadIds(record, ref e);
        _envelope.ReadTimes(record, receivedAt, ref e);
        _payload.Read(record, EnvelopeDecoder.ReadWeight(record), ref e);
        Assumed.FillIds(ref e);
        ConsentPurposes? stated = _envelope.ReadConsent(record);
        ConsentPurposes consent = DecideConsent(record, ref e, stated, out bool isAggregate);
        _envelope.ReadContext(record, consent, ref e);
        Assumed.FillContext(ref e);
        if (_options.TrustPseudonyms)
        {
            EnvelopeDecoder.ReadMarks(record, ref e);
        }
        else if (isAggregate && !record.Failed)
        {
            Consent.Strip(ref e);
            _annex.Clear();
        }

        e.Title = _envelope.ReadTitle(record, e.Kind);
        Assumed.FillTitle(ref e);
        if (_scratch.NewRun.Members != 0 && !record.Failed && !isAggregate)
        {
            _envelope.Remember(record, e, stated);
        }
    }

    private ConsentPurposes DecideConsent(
        in JsonRecord record, ref StreamEvent e, ConsentPurposes? stated, out bool isAggregate)
    {
        isAggregate = false;
        if (record.Failed)
        {
            return ConsentPurposes.None;
        }

        ConsentPurposes consent = Consent.Decide(ref e, stated);

        // Not for what the SDK wrote itself: it was decided when the event was new.
        if (!_options.TrustPseudonyms && !Consent.MayPass(e.Kind, consent, out isAggregate))
        {
            record.Fail(RejectReason.NoConsent, JsonField.Consent, "measurement is not granted");
        }

        return consent;
    }

    private static bool IsVersionKnown(in JsonRecord record)
    {
        if (record.TryWhole(JsonField.V, 0, int.MaxValue, out long version) && version != SchemaVersion)
        {
            record.Fail(RejectReason.UnsupportedVersion, JsonField.V, "expected 1");
        }

        return !record.Failed;
    }

    private bool TryKind(in JsonRecord record, out EventKind kind)
    {
        kind = _scratch.Kind;
        if (kind != EventKind.None)
        {
            return true;
        }

        if (!record.Has(JsonField.Kind))
        {
            record.Fail(RejectReason.MissingField, JsonField.Kind, "is required");
            return false;
        }

        ReadOnlySpan<byte> name = record.Text(JsonField.Kind, RecordLimits.Text);
        if (!record.Failed && !EventKindNames.TryParse(name, out kind))
        {
            record.Fail(RejectReason.UnknownKind, JsonField.Kind, "the schema has no such kind");
        }

        return !record.Failed;
    }

    private bool IsComplete(in JsonRecord record, EventKind kind)
    {
        JsonField alternative = JsonField.Count;
        JsonField missing = record.Has(JsonField.Time)
            ? KindRequirements.FirstMissing(kind, record.Present, out alternative)
            : JsonField.Time;
        if (missing != JsonField.Count)
        {
            _scratch.Fail(RejectReason.MissingField, missing, "is required", default, alternative);
        }

        return !record.Failed;
    }
}
