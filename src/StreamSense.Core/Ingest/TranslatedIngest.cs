using System.Text.Unicode;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest;

/// <summary>Reads bodies of any format that a translator knows, and hands their events on.</summary>
/// <remarks>
/// A record is translated to canonical text and read by the decoder of that text, so that every source passes the same checks. A
/// record may become several events: the second and later carry <see cref="EventFlags.Derived"/>, so that totals count records.
/// </remarks>
public sealed class TranslatedIngest : IEventIngest
{
    // A piece that holds a thousand wrong records, or a head that stands before each, is kept with each of them: as long as what is
    // kept of a body stays in proportion to it. After that only the beginning of a piece is.
    private const int KeptOfBody = 64 * 1024;
    private const int KeptPerByte = 4;
    private const int KeptHead = 128;
    private readonly IRecordTranslator _translator;
    private readonly NdjsonDecoder _decoder;
    private readonly LineSplitter _lines;
    private readonly JsonValueSplitter _values;
    private readonly RecordTaker _taker;
    private readonly CanonicalRecords _records = new();
    private readonly RecordEvents _events = new();
    private IngestOrigin _origin = new();
    private long _read;
    private long _kept;

    /// <summary>Creates a reader.</summary>
    /// <param name="translator">Knows the format; used by this reader alone.</param>
    /// <param name="decoder">Reads what the translator says; used by this reader alone. Its line limit is the limit of a piece.</param>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="counters">Counts over all bodies; null for counters of its own.</param>
    /// <param name="failed">Keeps what is refused; null to keep nothing.</param>
    /// <param name="maxErrors">How many errors a result lists.</param>
    public TranslatedIngest(
        IRecordTranslator translator,
        NdjsonDecoder decoder,
        IEventReceiver receiver,
        IngestCounters? counters = null,
        FailedEvents? failed = null,
        int maxErrors = 10)
    {
        ArgumentNullException.ThrowIfNull(translator);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfNegative(maxErrors);
        _translator = translator;
        _decoder = decoder;
        Counters = counters ?? new IngestCounters();
        _lines = new LineSplitter(decoder.MaxLineBytes);
        _values = new JsonValueSplitter(decoder.MaxLineBytes);
        _taker = new RecordTaker(translator.Format, receiver, Counters, failed, maxErrors);
    }

    /// <summary>What knows the format, with what it alone counts.</summary>
    public IRecordTranslator Translator => _translator;

    /// <inheritdoc/>
    public string Format => _translator.Format;

    /// <inheritdoc/>
    public IngestCounters Counters { get; }

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _origin = origin;
        _read = 0;
        _kept = 0;
        _lines.Reset();
        _values.Reset();
        _translator.Begin(origin);
        _decoder.Assume(origin);
        _taker.Begin(origin.ReceivedAt, origin.Source);
    }

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        if (_translator.Framing == RecordFraming.Lines)
        {
            while (_lines.TryTake(ref chunk, out ReadOnlySpan<byte> line, out bool isTooLong))
            {
                Take(line, isTooLong, _lines.Line);
            }
        }
        else
        {
            while (_values.TryTake(ref chunk, out ReadOnlySpan<byte> value, out bool isTooLong))
            {
                Take(value, isTooLong, _values.Line);
            }
        }

        _taker.Publish();
    }

    /// <inheritdoc/>
    public IngestResult Complete()
    {
        if (_translator.Framing == RecordFraming.Lines && _lines.TryTakeLast(out ReadOnlySpan<byte> last, out bool isTooLong))
        {
            Take(last, isTooLong, _lines.Line);
        }
        else if (_values.TryTakeLast(out last, out isTooLong))
        {
            Take(last, isTooLong, _values.Line);
        }

        _records.Clear();
        _translator.Complete(_records);
        Take(default, _lines.Line);
        IngestResult result = _taker.Complete();
        Begin(_origin);
        return result;
    }

    private void Take(ReadOnlySpan<byte> piece, bool isTooLong, long line)
    {
        if (piece.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        if (isTooLong || !Utf8.IsValid(piece))
        {
            RefuseWhole(piece, isTooLong, line);
            return;
        }

        _read += piece.Length;
        _records.Clear();
        _translator.Translate(piece, _records);
        Take(piece, line);
    }

    private void Take(ReadOnlySpan<byte> piece, long line)
    {
        for (int i = 0; i < _records.Count; i++)
        {
            if (_taker.TryOffer())
            {
                Take(_records[i], piece, line);
            }
        }
    }

    private void RefuseWhole(ReadOnlySpan<byte> piece, bool isTooLong, long line)
    {
        if (!_taker.TryOffer())
        {
            return;
        }

        if (isTooLong)
        {
            const string Rule = "the record is longer than the limit";
            _taker.Reject(RejectReason.TooLarge, IngestStage.Split, line, Rule, piece, truncated: true);
        }
        else
        {
            _taker.Reject(RejectReason.InvalidUtf8, IngestStage.Decode, line, "the record is no UTF-8", piece);
        }
    }

    private void Take(in CanonicalRecords.Record record, ReadOnlySpan<byte> piece, long line)
    {
        if (record.Reason != RejectReason.None)
        {
            Reject(record.Reason, IngestStage.Translate, record.Message, piece, line);
            return;
        }

        _events.Clear();
        for (int i = 0; i < record.EventCount; i++)
        {
            ReadOnlySpan<byte> text = _records.EventAt(record.FirstEvent + i);
            RejectReason reason = _decoder.Decode(text, _origin.ReceivedAt, out StreamEvent streamEvent, out ReadOnlySpan<byte> annex);
            if (reason != RejectReason.None)
            {
                Reject(reason, IngestStage.Decode, _decoder.DescribeLastError(), piece, line);
                return;
            }

            _events.Add(streamEvent, annex);
        }

        if (_events.Count == 0)
        {
            Reject(RejectReason.UnknownKind, IngestStage.Translate, "the record says nothing that an event could say", piece, line);
            return;
        }

        RecordOutcome outcome = _taker.WriteAll(_events);
        if (outcome == RecordOutcome.Refused)
        {
            const string Rule = "the event is too large for the buffer, or the buffer is closed";
            _taker.Reject(RejectReason.TooLarge, IngestStage.Write, line, Rule, piece);
        }
        else
        {
            _taker.Settle(outcome, line);
        }
    }
    private void Reject(RejectReason reason, IngestStage stage, string message, ReadOnlySpan<byte> piece, long line)
    {
        ReadOnlySpan<byte> preamble = _translator.Preamble;
        int length = preamble.IsEmpty ? piece.Length : preamble.Length + 1 + piece.Length;
        int kept = Math.Min(length, FailedEvents.MaxRawBytes);
        if (_kept + kept > KeptOfBody + (_read * KeptPerByte))
        {
            _taker.Reject(reason, stage, line, message, piece[..Math.Min(piece.Length, KeptHead)], truncated: true);
            return;
        }

        _kept += kept;
        if (preamble.IsEmpty)
        {
            _taker.Reject(reason, stage, line, message, piece);
            return;
        }

        var raw = new byte[kept];
        int head = Math.Min(preamble.Length, kept);
        preamble[..head].CopyTo(raw);
        if (head < kept)
        {
            raw[head] = (byte)'\n';
            piece[..(kept - head - 1)].CopyTo(raw.AsSpan(head + 1));
        }

        _taker.Reject(reason, stage, line, message, raw, truncated: kept < length);
    }
}
