using System.Security.Cryptography;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>The accounts of one body: what was taken, what was refused and why; the same for every format.</summary>
/// <remarks>One thread at a time; the counters and the store of failed events are shared.</remarks>
internal sealed class RecordTaker(string format, IEventReceiver receiver, IngestCounters counters, FailedEvents? failed, int maxErrors)
{
    private readonly IngestTally _body = new();
    private readonly IngestTally _pending = new();
    private readonly List<IngestError> _errors = [];
    private EventTime _receivedAt;
    private string? _source;
    private string? _batch;
    private long _taken;

    /// <summary>Whether the receiver had no room: the rest of the body is counted and not read.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The number of the record being read, from 1.</summary>
    public long Record => _body.Offered + _pending.Offered;

    public void Begin(EventTime receivedAt, string? source = null)
    {
        _source = source;
        _batch = null;
        Publish();
        _body.Clear();
        _errors.Clear();
        _receivedAt = receivedAt;
        _taken = 0;
        IsFull = false;
    }

    /// <summary>Counts a record that was found. False if there is no room for it, and no use in reading it.</summary>
    public bool TryOffer()
    {
        _pending.Offered++;
        if (IsFull)
        {
            _pending.RejectedBy[(int)RejectReason.Full]++;
            return false;
        }

        return true;
    }

    /// <summary>Hands over the first (or only) event of a record and counts the record.</summary>
    public void Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, ReadOnlySpan<byte> raw, long line)
    {
        switch (receiver.Write(streamEvent, annex))
        {
            case WriteOutcome.Written:
                _pending.Written++;
                break;
            case WriteOutcome.Dropped:
                _pending.Dropped++;
                break;
            case WriteOutcome.Full:
                BeFull(line);
                break;
            default:
                const string Rule = "the event is too large for the buffer, or the buffer is closed";
                Reject(RejectReason.TooLarge, IngestStage.Write, line, Rule, raw);
                break;
        }
    }

    /// <summary>Hands over the events of one record, without counting it.</summary>
    /// <returns>What became of the first; full if there was no room for all of them.</returns>
    public RecordOutcome WriteAll(IRecordEvents batch)
    {
        RecordOutcome first = RecordOutcome.Written;
        for (int i = 0; i < batch.Count; i++)
        {
            WriteOutcome outcome = receiver.Write(batch[i], batch.AnnexAt(i));
            if (outcome == WriteOutcome.Full)
            {
                return RecordOutcome.Full;
            }

            if (i == 0 && outcome != WriteOutcome.Written)
            {
                first = outcome == WriteOutcome.Dropped ? RecordOutcome.Dropped : RecordOutcome.Refused;
            }

            if (first == RecordOutcome.Refused)
            {
                break;
            }
        }

        return first;
    }

    /// <summary>Counts a record of which the events have been handed over, or which waits.</summary>
    public void Settle(RecordOutcome outcome, long line)
    {
        switch (outcome)
        {
            case RecordOutcome.Written:
                _pending.Written++;
                break;
            case RecordOutcome.Dropped:
                _pending.Dropped++;
                break;
            case RecordOutcome.Held:
                _pending.Held++;
                break;
            default:
                BeFull(line);
                break;
        }
    }

    /// <summary>Counts a record that waited, perhaps one of an earlier body.</summary>
    public void Released(WriteOutcome outcome)
    {
        _pending.Held--;
        _pending.Written += outcome == WriteOutcome.Written ? 1 : 0;
        _pending.Dropped += outcome == WriteOutcome.Written ? 0 : 1;
    }

    public void Reject(RejectReason reason, IngestStage stage, long line, string message, ReadOnlySpan<byte> raw, bool truncated = false)
    {
        Note(reason, line, message);
        failed?.Add(
            new FailedEvent
            {
                Reason = reason,
                Stage = stage,
                Message = message,
                Format = format,
                Source = _source,
                Batch = _batch ??= NewBatch(),
                RecordIndex = Record,
                ReceivedAt = _receivedAt,
                IsRawTruncated = truncated,
            },
            raw);
    }

    /// <summary>Counts records that are refused together and have not been offered; the first stands for all in the store.</summary>
    public void RejectAll(int count, RejectReason reason, string message, ReadOnlySpan<byte> raw)
    {
        if (!TryOffer())
        {
            _pending.Offered += count - 1;
            _pending.RejectedBy[(int)RejectReason.Full] += count - 1;
            return;
        }

        Reject(reason, IngestStage.Split, Record, message, raw);
        _pending.Offered += count - 1;
        _pending.RejectedBy[(int)reason] += count - 1;
    }

    /// <summary>Adds what was counted since the last call to the shared counters.</summary>
    public void Publish()
    {
        counters.Add(format, _pending);
        _body.Add(_pending);
        _pending.Clear();
    }

    public IngestResult Complete()
    {
        Publish();
        return new IngestResult
        {
            Offered = _body.Offered,
            Written = _body.Written,
            Dropped = _body.Dropped,
            Held = _body.Held,
            Rejected = _body.Rejected,
            Taken = IsFull ? _taken : _body.Offered,
            Errors = [.. _errors],
        };
    }

    // Made for the first failure of a body: most bodies have none.
    private static string NewBatch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private void BeFull(long line)
    {
        IsFull = true;
        _taken = Record - 1;
        Note(RejectReason.Full, line, "there is no room now; send this record and those after it again");
    }

    private void Note(RejectReason reason, long line, string message)
    {
        _pending.RejectedBy[(int)reason]++;
        if (_errors.Count < maxErrors)
        {
            _errors.Add(new IngestError(line, reason, message));
        }
    }
}
