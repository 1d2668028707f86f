using System.Buffers;
using System.Text.Unicode;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads a body of CMCD event mode (<c>application/cmcd</c>, <c>text/cmcd</c>), chunk by chunk, and hands its events on.</summary>
/// <remarks>
/// CTA-5004-B, event mode: one record a line, each a dictionary of structured fields. Call <see cref="Begin"/>,
/// <see cref="Feed(ReadOnlySpan{byte})"/> for each chunk, <see cref="Complete"/>; then again for the next body. One record may become
/// several events: the second and later carry <see cref="EventFlags.Derived"/>, so that totals count records. A record may wait in
/// <see cref="CmcdSessions"/> for one that was sent before it and be handed on by a later call, of this object or another. Used by one
/// thread at a time; several may share the sessions.
/// </remarks>
public sealed class CmcdIngest : IEventIngest
{
    /// <summary>The name of the format in <see cref="FailedEvent.Format"/>.</summary>
    public const string Format = "cmcd";

    private const int LatestVersion = 2;

    private readonly CmcdSessions _sessions;
    private readonly CmcdScratch _scratch = new();
    private readonly LineSplitter _splitter;
    private readonly RecordTaker _taker;
    private CmcdOrigin _origin;

    /// <summary>Creates a reader.</summary>
    /// <param name="sessions">What is remembered of playback sessions; shared by all readers of a pipeline.</param>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="counters">Counts over all bodies; null for counters of its own.</param>
    /// <param name="failed">Keeps what is refused; null to keep nothing.</param>
    /// <param name="maxErrors">How many errors a result lists.</param>
    public CmcdIngest(
        CmcdSessions sessions, IEventReceiver receiver, IngestCounters? counters = null, FailedEvents? failed = null, int maxErrors = 10)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfNegative(maxErrors);
        _sessions = sessions;
        Counters = counters ?? new IngestCounters();
        _splitter = new LineSplitter(sessions.Options.MaxRecordBytes);
        _taker = new RecordTaker(Format, receiver, Counters, failed, maxErrors);
        Begin(new IngestOrigin());
    }

    /// <inheritdoc/>
    public IngestCounters Counters { get; }

    string IEventIngest.Format => Format;

    /// <summary>Begins a body, forgetting what is left of one that was not completed.</summary>
    /// <param name="request">What the host knows of the request.</param>
    public void Begin(IngestOrigin request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _origin = CmcdOrigin.Of(request, _sessions.Vocabulary, _sessions.Pseudonymizer, _sessions.Options.DefaultConsent);
        _splitter.Reset();
        _taker.Begin(request.ReceivedAt, request.Source);
        if (request.ReceivedAt != default)
        {
            _sessions.ReleaseOverdue(request.ReceivedAt, _taker);
        }
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

    /// <summary>Ends the body: a last record without a line end counts.</summary>
    /// <returns>What became of its records.</returns>
    public IngestResult Complete()
    {
        if (_splitter.TryTakeLast(out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        IngestResult result = _taker.Complete();
        _splitter.Reset();
        _taker.Begin(default);
        return result;
    }

    /// <summary>Hands on the records that have waited too long; call it now and then, and before the last metrics are read.</summary>
    /// <param name="now">The host's time.</param>
    public void ReleaseOverdue(EventTime now)
    {
        _sessions.ReleaseOverdue(now, _taker);
        _taker.Publish();
    }

    /// <summary>Hands on all records that wait: at the end of a file, or of the process.</summary>
    public void ReleaseAll()
    {
        _sessions.ReleaseAll(_taker);
        _taker.Publish();
    }

    private void Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0 || !_taker.TryOffer())
        {
            return;
        }

        if (isTooLong)
        {
            Reject(RejectReason.TooLarge, IngestStage.Split, "the record is longer than the limit", line);
        }
        else if (!Utf8.IsValid(line))
        {
            Reject(RejectReason.InvalidUtf8, IngestStage.Decode, "the record is no UTF-8", line);
        }
        else if (!CmcdRecord.TryScan(line, _scratch, out CmcdRecord record, _sessions.Options.Strict))
        {
            Reject(RejectReason.Malformed, IngestStage.Decode, "the record is no dictionary of structured fields", line);
        }
        else if (record.TryReadNumber(CmcdKey.V, int.MaxValue, out long version) && version > LatestVersion)
        {
            Reject(RejectReason.UnsupportedVersion, IngestStage.Decode, "v: expected at most 2", line);
        }
        else if ((_origin.Consent & ConsentPurposes.Measurement) == 0)
        {
            Reject(RejectReason.NoConsent, IngestStage.Decode, "measurement is not granted", line);
        }
        else if (TryComplete(ref record, line, out EventTime stamp))
        {
            Settle(_sessions.Accept(ref record, stamp, _origin, _taker), line);
        }
    }

    private void Settle(RecordOutcome outcome, ReadOnlySpan<byte> line)
    {
        if (outcome == RecordOutcome.Refused)
        {
            Reject(RejectReason.TooLarge, IngestStage.Write, "the event is too large for the buffer, or the buffer is closed", line);
        }
        else
        {
            _taker.Settle(outcome, _splitter.Line);
        }
    }

    private bool TryComplete(ref CmcdRecord record, ReadOnlySpan<byte> line, out EventTime stamp)
    {
        stamp = default;
        string? missing =
            record.ReadText(CmcdKey.E, RecordLimits.Dimension).IsEmpty ? "e"
            : record.ReadText(CmcdKey.Sid, RecordLimits.Id).IsEmpty ? "sid"
            : !record.TryReadNumber(CmcdKey.Ts, long.MaxValue / 1000, out _) ? "ts"
            : null;
        if (missing is not null)
        {
            Reject(RejectReason.MissingField, IngestStage.Decode, missing + ": is required", line);
            return false;
        }

        if (record.TryReadNumber(CmcdKey.Ts, long.MaxValue / 1000, out long microseconds, power: 3))
        {
            stamp = new EventTime(microseconds);
        }

        bool isInTime = stamp >= EventTime.Earliest
            && stamp < EventTime.Latest
            && (_origin.ReceivedAt == default || stamp <= _origin.ReceivedAt + TimeSpan.FromHours(24));
        if (!isInTime)
        {
            const string Rule = "ts: expected a time from 1990 to a day after receipt, before 2100";
            Reject(RejectReason.TimeOutOfRange, IngestStage.Decode, Rule, line);
        }

        return isInTime;
    }

    private void Reject(RejectReason reason, IngestStage stage, string message, ReadOnlySpan<byte> line) =>
        _taker.Reject(reason, stage, _splitter.Line, message, line);
}
