using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads batches of the wire format, one after the other, and hands their events on.</summary>
/// <remarks>
/// Chunks may be split anywhere. Of a batch that is cut, damaged, too large or of another version nothing is taken, and each event that
/// it announces counts as refused. A batch that comes in one chunk is read where it lies; else it is gathered first, in memory bounded by
/// <see cref="MessagePackOptions.MaxBatchBytes"/>. After bytes that begin no batch the rest of the body is not read.
/// </remarks>
public sealed class MessagePackIngest : IEventIngest
{
    /// <summary>The name of the format in <see cref="FailedEvent.Format"/>.</summary>
    public const string Format = "msgpack";

    private static readonly IngestOrigin NoOrigin = new();

    private readonly MessagePackDecoder _decoder;
    private readonly RecordTaker _taker;
    private readonly ArrayBufferWriter<byte> _againBytes = new(256);
    private EventBatchWriter? _again;
    private byte[] _gathered = new byte[4096];
    private int _length;
    private long _skip;
    private long _batch;
    private bool _isLost;
    private EventTime _receivedAt;

    /// <summary>Creates a reader.</summary>
    /// <param name="decoder">Reads the batches; used by this reader alone.</param>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="counters">Counts over all bodies; null for counters of its own.</param>
    /// <param name="failed">Keeps what is refused; null to keep nothing.</param>
    /// <param name="maxErrors">How many errors a result lists.</param>
    public MessagePackIngest(
        MessagePackDecoder decoder,
        IEventReceiver receiver,
        IngestCounters? counters = null,
        FailedEvents? failed = null,
        int maxErrors = 10)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfNegative(maxErrors);
        _decoder = decoder;
        Counters = counters ?? new IngestCounters();
        _taker = new RecordTaker(Format, receiver, Counters, failed, maxErrors);
    }

    /// <inheritdoc/>
    public IngestCounters Counters { get; }

    string IEventIngest.Format => Format;

    /// <summary>Begins a body, forgetting what is left of one that was not completed.</summary>
    /// <param name="receivedAt">When the host received it; default if the host does not know (files).</param>
    public void Begin(EventTime receivedAt = default) => Begin(receivedAt, NoOrigin);

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        Begin(origin.ReceivedAt, origin);
    }

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty && !_isLost)
        {
            int skipped = (int)Math.Min(_skip, chunk.Length);
            _skip -= skipped;
            chunk = chunk[skipped..];
            if (_length == 0 && TryTake(chunk, out int taken))
            {
                chunk = chunk[taken..];
            }
            else
            {
                Gather(ref chunk);
            }
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

    /// <summary>Ends the body: a batch that has not come whole is refused.</summary>
    /// <returns>What became of its records.</returns>
    public IngestResult Complete()
    {
        if (_length > 0)
        {
            ReadOnlySpan<byte> cut = _gathered.AsSpan(0, _length);
            _batch++;
            Refuse(RejectReason.Malformed, BatchHead.TryRead(cut, out BatchHead head, out _) ? head : default, "it was cut", cut);
        }

        IngestResult result = _taker.Complete();
        Begin(default(EventTime));
        return result;
    }

    private void Begin(EventTime receivedAt, IngestOrigin origin)
    {
        _receivedAt = receivedAt;
        _decoder.Assume(origin);
        _length = 0;
        _skip = 0;
        _batch = 0;
        _isLost = false;
        _taker.Begin(receivedAt, origin.Source);
    }

    // Deals with the batch at the beginning of the bytes, if it is whole or needs not be.
    private bool TryTake(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        if (!BatchHead.TryRead(bytes, out BatchHead head, out bool isCut))
        {
            if (!isCut)
            {
                _batch++;
                _isLost = true;
                taken = bytes.Length;
                Refuse(RejectReason.Malformed, default, "its beginning is that of no batch; what follows is not read", bytes);
            }

            return !isCut;
        }

        bool isTooLarge = head.BodyBytes > _decoder.MaxBatchBytes;
        if (!isTooLarge && bytes.Length < head.TotalBytes)
        {
            return false;
        }

        _batch++;
        taken = (int)Math.Min(bytes.Length, head.TotalBytes);
        _skip = head.TotalBytes - taken;
        if (isTooLarge)
        {
            Refuse(RejectReason.TooLarge, head, "its body is longer than the limit", bytes[..taken]);
        }
        else
        {
            Read(bytes[..taken], head);
        }

        return true;
    }

    private void Gather(ref ReadOnlySpan<byte> chunk)
    {
        bool hasHead = BatchHead.TryRead(_gathered.AsSpan(0, _length), out BatchHead head, out _);
        int wanted = hasHead ? (int)head.TotalBytes - _length : BatchFormat.MaxHeadBytes - _length;
        int added = Math.Min(wanted, chunk.Length);
        if (_gathered.Length - _length < added)
        {
            Array.Resize(ref _gathered, Math.Max(_gathered.Length * 2, _length + added));
        }

        chunk[..added].CopyTo(_gathered.AsSpan(_length));
        _length += added;
        chunk = chunk[added..];
        while (_length > 0 && TryTake(_gathered.AsSpan(0, _length), out int taken))
        {
            // What was added to see a head may hold small batches, and the beginning of the next.
            _gathered.AsSpan(taken, _length - taken).CopyTo(_gathered);
            _length -= taken;
        }
    }

    private void Read(ReadOnlySpan<byte> batch, in BatchHead head)
    {
        if (head.Major != BatchFormat.Major)
        {
            Refuse(RejectReason.UnsupportedVersion, head, "expected version 1", batch);
            return;
        }

        ReadOnlySpan<byte> checksum = batch[^BatchFormat.ChecksumBytes..];
        uint crc = Crc32C.Append(Crc32C.Empty, batch[..^BatchFormat.ChecksumBytes]);
        if (checksum is not [MessagePackCodes.Binary8, sizeof(uint), ..] || BinaryPrimitives.ReadUInt32BigEndian(checksum[2..]) != crc)
        {
            Refuse(RejectReason.Malformed, head, "its checksum is wrong", batch);
            return;
        }

        ReadOnlySpan<byte> body = batch.Slice(head.BodyStart, (int)head.BodyBytes);
        if (head.Count > (ulong)_decoder.MaxBatchEvents)
        {
            Refuse(RejectReason.TooLarge, head, "it announces more events than the limit", batch);
        }
        else if (!_decoder.TryOpen(body, out int count))
        {
            Refuse(RejectReason.Malformed, head, "its body has not the form of one", batch);
        }
        else if ((ulong)count != head.Count)
        {
            Refuse(RejectReason.Malformed, head, string.Create(CultureInfo.InvariantCulture, $"it holds {count} events"), batch);
        }
        else
        {
            ReadEvents(body, count);
        }
    }

    private void ReadEvents(ReadOnlySpan<byte> body, int count)
    {
        for (int read = 0; read < count; read++)
        {
            read += _decoder.ReadPlain(body, count - read, _receivedAt, _taker);
            if (read < count && _taker.TryOffer())
            {
                ReadEvent(body, read + 1);
            }
        }
    }

    private void ReadEvent(ReadOnlySpan<byte> body, int number)
    {
        RejectReason reason = _decoder.Read(body, _receivedAt, out StreamEvent streamEvent, out ReadOnlySpan<byte> annex);
        if (reason == RejectReason.None)
        {
            _taker.Write(streamEvent, annex, default, _taker.Record);
        }
        else
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"{_decoder.DescribeLastError()} (event {number} of batch {_batch})");
            _taker.Reject(reason, IngestStage.Decode, _taker.Record, message, AsBatch(_decoder.LastText));
        }
    }

    // A refused event is kept as a batch of its own, with the members of its row: so it can be read again, and looked at.
    private ReadOnlySpan<byte> AsBatch(ReadOnlySpan<byte> record)
    {
        _again ??= new EventBatchWriter();
        _againBytes.ResetWrittenCount();
        _again.AddJson(record);
        _again.Flush(_againBytes);
        return _againBytes.WrittenSpan;
    }

    // Every event that the batch announces counts, if the number can be true: each takes two bytes at least.
    private void Refuse(RejectReason reason, in BatchHead head, string rule, ReadOnlySpan<byte> raw)
    {
        bool isCredible = head.Count > 0 && head.Count <= (ulong)_decoder.MaxBatchEvents && head.Count * 2 <= (ulong)head.BodyBytes;
        int count = isCredible ? (int)head.Count : 1;
        string message = string.Create(
            CultureInfo.InvariantCulture, $"batch {_batch}, which announces {head.Count} events, is refused whole: {rule}");
        _taker.RejectAll(count, reason, message, raw);
    }
}
