using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads bodies of requests that carry CMCD, in their query or in their headers, and hands on an event for each.</summary>
/// <remarks>
/// Queries: a URL, a query, <c>CMCD=…</c> or a value a line. Headers: blocks of header lines with an empty line between two, perhaps with
/// the request line first, or one object a line; where a request has CMCD headers, its query is passed over. What each record becomes:
/// <see cref="CmcdRequestDecoder"/>. One thread at a time; allocates nothing once warm, objects of headers excepted.
/// </remarks>
public sealed class CmcdRequestIngest : IEventIngest
{
    private readonly CmcdForm _form;
    private readonly CmcdRequestDecoder _decoder;
    private readonly CmcdHeaderBlock _block;
    private readonly LineSplitter _splitter;
    private readonly RecordTaker _taker;
    private readonly byte[] _raw;
    private int _rawLength;
    private long _line;
    private CmcdResponse _response;

    /// <summary>Creates a reader.</summary>
    /// <param name="form">How bodies are written: <see cref="CmcdForm.Query"/> or <see cref="CmcdForm.Headers"/>.</param>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Turns ids into pseudonyms.</param>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <param name="counters">Counts over all bodies; null for counters of its own.</param>
    /// <param name="failed">Keeps what is refused; null to keep nothing.</param>
    /// <param name="maxErrors">How many errors a result lists.</param>
    /// <exception cref="ArgumentException">The form is that of events, which <see cref="CmcdIngest"/> reads.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CmcdRequestIngest(
        CmcdForm form,
        Vocabulary vocabulary,
        Pseudonymizer pseudonymizer,
        IEventReceiver receiver,
        CmcdOptions? options = null,
        IngestCounters? counters = null,
        FailedEvents? failed = null,
        int maxErrors = 10)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfNegative(maxErrors);
        if (form is not (CmcdForm.Query or CmcdForm.Headers))
        {
            throw new ArgumentException("Reports of events are read by CmcdIngest.", nameof(form));
        }

        _form = form;
        _decoder = new CmcdRequestDecoder(vocabulary, pseudonymizer, options);
        _block = new CmcdHeaderBlock(_decoder.MaxRecordBytes);
        _raw = form == CmcdForm.Headers ? new byte[_decoder.MaxRecordBytes] : [];
        _splitter = new LineSplitter(_decoder.MaxRecordBytes);
        Counters = counters ?? new IngestCounters();
        _taker = new RecordTaker(Format, receiver, Counters, failed, maxErrors);
        Begin(new IngestOrigin());
    }

    /// <inheritdoc/>
    public string Format => _form == CmcdForm.Headers ? CmcdRequestDecoder.HeadersFormat : CmcdRequestDecoder.QueryFormat;

    /// <inheritdoc/>
    public IngestCounters Counters { get; }

    /// <summary>How many values of known keys had the wrong type and were passed over.</summary>
    public long IgnoredKeys => _decoder.IgnoredKeys;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin) => Begin(origin, CmcdResponse.Unknown);

    /// <summary>Begins a body, forgetting what is left of one that was not completed.</summary>
    /// <param name="origin">What the host knows of the body.</param>
    /// <param name="response">What the host knows of the response to each request of the body.</param>
    public void Begin(IngestOrigin origin, CmcdResponse response)
    {
        _decoder.Begin(origin, _form);
        _response = response;
        _splitter.Reset();
        _block.Clear();
        _rawLength = 0;
        _taker.Begin(origin.ReceivedAt);
    }

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        while (_splitter.TryTake(ref chunk, out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        _taker.Publish();
    }

    /// <inheritdoc/>
    public IngestResult Complete()
    {
        if (_splitter.TryTakeLast(out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        EndBlock();
        IngestResult result = _taker.Complete();
        _splitter.Reset();
        _taker.Begin(default);
        return result;
    }

    private void Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        bool isBlank = line.IndexOfAnyExcept(" \t\r"u8) < 0;
        if (_form == CmcdForm.Headers)
        {
            TakeHeaderLine(line, isBlank, isTooLong);
        }
        else if (!isBlank && _taker.TryOffer())
        {
            _line = _splitter.Line;
            if (isTooLong)
            {
                const string Rule = "the record is longer than the limit";
                _taker.Reject(RejectReason.TooLarge, IngestStage.Split, _line, Rule, line, truncated: true);
                return;
            }

            RejectReason reason = _decoder.DecodeQuery(line, out StreamEvent e);
            Settle(reason, ref e, line);
        }
    }

    private void TakeHeaderLine(ReadOnlySpan<byte> line, bool isBlank, bool isTooLong)
    {
        if (isBlank)
        {
            EndBlock();
            return;
        }

        (bool endsBefore, bool endsAfter) = _block.BoundsOf(line);
        if (endsBefore)
        {
            EndBlock();
        }

        if (_block.IsEmpty)
        {
            _line = _splitter.Line;
        }

        _block.Add(line);
        Keep(line);
        if (isTooLong)
        {
            _block.MarkTooLong();
        }

        if (endsAfter)
        {
            EndBlock();
        }
    }

    private void EndBlock()
    {
        if (!_block.IsEmpty && _taker.TryOffer())
        {
            RejectReason reason = _decoder.DecodeHeaders(_block, out StreamEvent e);
            Settle(reason, ref e, _raw.AsSpan(0, _rawLength));
        }

        _block.Clear();
        _rawLength = 0;
    }

    // For the store of failed events.
    private void Keep(ReadOnlySpan<byte> line)
    {
        int room = Math.Min(line.Length, _raw.Length - _rawLength);
        line[..room].CopyTo(_raw.AsSpan(_rawLength));
        _rawLength += room;
        if (_rawLength < _raw.Length)
        {
            _raw[_rawLength++] = (byte)'\n';
        }
    }

    private void Settle(RejectReason reason, ref StreamEvent e, ReadOnlySpan<byte> raw)
    {
        if (reason != RejectReason.None)
        {
            _taker.Reject(reason, IngestStage.Decode, _line, _decoder.DescribeLastError(), raw);
            return;
        }

        ref MediaRequestPayload payload = ref e.PayloadAs<MediaRequestPayload>();
        payload.Status = (short)Math.Clamp(_response.Status, 0, 999);
        payload.Bytes = _response.Bytes;
        payload.TtfbMilliseconds = _response.TtfbMilliseconds;
        payload.TtlbMilliseconds = _response.TtlbMilliseconds;
        _taker.Write(e, default, raw, _line);
    }
}
