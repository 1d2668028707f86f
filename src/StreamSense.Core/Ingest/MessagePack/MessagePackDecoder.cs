using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads the events of MessagePack batches.</summary>
/// <remarks>
/// Plain events are read directly, with a hash once a batch for each text; all others are said as NDJSON and read by its decoder, so that
/// both formats mean the same. Used by one thread at a time; allocates nothing per event once its tables have grown.
/// </remarks>
public sealed class MessagePackDecoder
{
    private readonly MessagePackOptions _options;
    private readonly NdjsonDecoder _lines;
    private readonly BatchTexts _texts = new();
    private readonly BatchRows _rows = new();
    private readonly RecordText _text;
    private readonly PlainEvents _plain;
    private bool _isForm;
    private int _at;

    /// <summary>Creates a decoder.</summary>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Turns ids into pseudonyms.</param>
    /// <param name="records">How records are read; copied. Null for the defaults.</param>
    /// <param name="options">How large batches may be; copied. Null for the defaults.</param>
    /// <param name="choices">What viewers and devices chose by <c>consent_change</c>; null if nobody remembers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public MessagePackDecoder(
        Vocabulary vocabulary,
        Pseudonymizer pseudonymizer,
        NdjsonOptions? records = null,
        MessagePackOptions? options = null,
        ConsentLedger? choices = null)
    {
        _options = (options ?? new MessagePackOptions()).Copy();
        MessagePackOptions.Validate(_options);
        records = (records ?? new NdjsonOptions()).Copy();
        _lines = new NdjsonDecoder(vocabulary, pseudonymizer, records, choices);
        _text = new RecordText(_texts);
        var plainRows = new PlainRows(vocabulary, pseudonymizer, records, _texts, _rows, _text);
        _plain = new PlainEvents(vocabulary, pseudonymizer, records, _texts, _rows, plainRows, _text, _lines.Consent, _lines.Assumed);
    }

    /// <summary>The longest body of a batch that is looked at, in bytes.</summary>
    public int MaxBatchBytes => _options.MaxBatchBytes;

    /// <summary>How many events a batch may have.</summary>
    public int MaxBatchEvents => _options.MaxBatchEvents;

    /// <summary>Sets what holds for events of a body that do not say it themselves.</summary>
    /// <param name="origin">What the host knows of the body.</param>
    public void Assume(IngestOrigin origin) => _lines.Assume(origin);

    /// <summary>The last event that <see cref="Read"/> refused, as a line of NDJSON or as its bytes.</summary>
    internal ReadOnlySpan<byte> LastText => _text.Written;

    /// <summary>Opens a body: finds its texts and rows.</summary>
    /// <param name="body">The body; the calls of <see cref="Read"/> take the same.</param>
    /// <param name="count">How many events it has.</param>
    /// <returns>Whether it has the form of one.</returns>
    internal bool TryOpen(ReadOnlySpan<byte> body, out int count)
    {
        count = 0;
        var reader = new MessagePackReader(body);
        _isForm = true;
        bool isBody = _texts.TryLoad(ref reader) && _rows.TryLoad(ref reader) && reader.TryReadArrayHeader(out count);
        _at = (int)reader.Consumed;
        _plain.Begin();
        return isBody;
    }

    /// <summary>Reads the next events and hands them over, as far as they are plain.</summary>
    /// <param name="body">The body that is open.</param>
    /// <param name="most">How many events are left.</param>
    /// <param name="receivedAt">When the host received them; default if the host does not know.</param>
    /// <param name="taker">Takes them.</param>
    /// <returns>How many were read; 0 says that the next one has to be read by <see cref="Read"/>.</returns>
    internal int ReadPlain(ReadOnlySpan<byte> body, int most, EventTime receivedAt, RecordTaker taker) =>
        _isForm ? _plain.ReadAll(body, ref _at, most, receivedAt, taker) : 0;

    /// <summary>Reads the next event, whatever it is.</summary>
    /// <param name="body">The body that is open.</param>
    /// <param name="receivedAt">When the host received it; default if the host does not know.</param>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex; valid until the next call.</param>
    /// <returns>Why it is refused; <see cref="RejectReason.Malformed"/> also for every one after bytes that are no value.</returns>
    internal RejectReason Read(
        ReadOnlySpan<byte> body, EventTime receivedAt, out StreamEvent streamEvent, out ReadOnlySpan<byte> annex)
    {
        streamEvent = default;
        annex = default;
        var reader = new MessagePackReader(body[_at..]);
        _isForm = reader.TrySkip();
        if (!_isForm)
        {
            return RejectReason.Malformed;
        }

        ReadOnlySpan<byte> record = body.Slice(_at, (int)reader.Consumed);
        _at += record.Length;
        _isForm = _text.TryWrite(body, _rows, record);
        if (!_isForm)
        {
            return RejectReason.Malformed;
        }

        return _lines.Decode(_text.Written, receivedAt, out streamEvent, out annex);
    }

    /// <summary>Why the last event was refused, in words.</summary>
    internal string DescribeLastError() =>
        _isForm ? _lines.DescribeLastError() : "its bytes have not the form of an event";
}
