using System.Buffers;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads a body of canonical NDJSON, chunk by chunk, and hands its events on.</summary>
/// <remarks>
/// Call <see cref="Begin(EventTime)"/>, <see cref="Feed(ReadOnlySpan{byte})"/> for each chunk, <see cref="Complete"/>; then again for the
/// next body. Chunks may be split anywhere. Lines end with LF or CRLF, empty ones are no records, a byte order mark at the start is
/// skipped. Memory
/// is bounded by the line limit. Used by one thread at a time; only the counters and the failed events may be read by others meanwhile.
/// </remarks>
public sealed class NdjsonIngest : IEventIngest
{
    /// <summary>The name of the format in <see cref="FailedEvent.Format"/>.</summary>
    public const string Format = "ndjson";

    private static readonly IngestOrigin NoOrigin = new();

    private readonly NdjsonDecoder _decoder;
    private readonly LineSplitter _splitter;
    private readonly RecordTaker _taker;
    private EventTime _receivedAt;

    /// <summary>Creates a reader.</summary>
    /// <param name="decoder">Reads the lines; used by this reader alone.</param>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="counters">Counts over all bodies; null for counters of its own.</param>
    /// <param name="failed">Keeps what is refused; null to keep nothing.</param>
    /// <param name="maxErrors">How many errors a result lists.</param>
    public NdjsonIngest(
        NdjsonDecoder decoder, IEventReceiver receiver, IngestCounters? counters = null, FailedEvents? failed = null, int maxErrors = 10)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfNegative(maxErrors);
        _decoder = decoder;
        Counters = counters ?? new IngestCounters();
        _splitter = new LineSplitter(decoder.MaxLineBytes);
        _taker = new RecordTaker(Format, receiver, Counters, failed, maxErrors);
    }

    /// <inheritdoc/>
    public IngestCounters Counters { get; }

    string IEventIngest.Format => Format;

    /// <summary>Begins a body, forgetting what is left of one that was not completed.</summary>
    /// <param name="receivedAt">When the host received it; default if the host does not know (files).</param>
    public void Begin(EventTime receivedAt = default)
    {
        _receivedAt = receivedAt;
        _decoder.Assume(NoOrigin);
        _splitter.Reset();
        _taker.Begin(receivedAt);
    }

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _receivedAt = origin.ReceivedAt;
        _decoder.Assume(origin);
        _splitter.Reset();
        _taker.Begin(origin.ReceivedAt, origin.Source);
    }

    /// <summary>Reads the next chunk of the body.</summary>
    /// <param name="chunk">The chunk; not kept.</param>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        while (_splitter.TryTake(ref chunk, out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        _taker.Publish();
    }

    /// <summary>Reads the next chunks of the body.</summary>
    /// <param name="chunks">The chunks; not kept.</param>
    public void Feed(in ReadOnlySequence<byte> chunks)
    {
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            Feed(chunk.Span);
        }
    }

    /// <summary>Ends the body: a last line without a line end counts.</summary>
    /// <returns>What became of its records.</returns>
    public IngestResult Complete()
    {
        if (_splitter.TryTakeLast(out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        IngestResult result = _taker.Complete();
        Begin(default(EventTime));
        return result;
    }

    private void Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0 || !_taker.TryOffer())
        {
            return;
        }

        if (isTooLong)
        {
            _taker.Reject(
                RejectReason.TooLarge, IngestStage.Split, _splitter.Line, "the line is longer than the limit", line, truncated: true);
            return;
        }

        RejectReason reason = _decoder.Decode(line, _receivedAt, out StreamEvent streamEvent, out ReadOnlySpan<byte> annex);
        if (reason == RejectReason.None)
        {
            _taker.Write(streamEvent, annex, line, _splitter.Line);
        }
        else
        {
            _taker.Reject(reason, IngestStage.Decode, _splitter.Line, _decoder.DescribeLastError(), line);
        }
    }
}
