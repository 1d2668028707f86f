using System.Buffers;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Converting;

/// <summary>Writes events to a stream, in one of the canonical forms.</summary>
/// <remarks>One thread at a time.</remarks>
internal abstract class EventOutput : IEventReceiver
{
    /// <summary>One event a line.</summary>
    public const string Ndjson = "ndjson";

    /// <summary>Batches of MessagePack.</summary>
    public const string MessagePack = "msgpack";

    private const int FlushAt = 1 << 16;

    private readonly Stream _stream;

    private EventOutput(Stream stream) => _stream = stream;

    /// <summary>What <c>--to</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ndjson, MessagePack];

    /// <summary>How many events were written.</summary>
    public long Written { get; private set; }

    /// <summary>What is to be written next.</summary>
    protected ArrayBufferWriter<byte> Buffer { get; } = new(FlushAt * 2);

    /// <summary>Begins to write.</summary>
    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="vocabulary">The names of titles and dimensions.</param>
    public static EventOutput Open(string form, Stream stream, Vocabulary vocabulary) => form switch
    {
        Ndjson => new Lines(stream, vocabulary),
        MessagePack => new Batches(stream, vocabulary),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form."),
    };

    /// <inheritdoc/>
    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        Add(streamEvent, annex);
        Written++;
        if (Buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }

        return WriteOutcome.Written;
    }

    /// <summary>Writes what is left.</summary>
    /// <exception cref="InputException">The output cannot be written.</exception>
    public void Complete()
    {
        End();
        Flush();
        _stream.Flush();
    }

    /// <summary>Writes an event to <see cref="Buffer"/>, at once or later.</summary>
    protected abstract void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex);

    /// <summary>Writes to <see cref="Buffer"/> what was kept for later.</summary>
    protected virtual void End()
    {
    }

    private void Flush()
    {
        try
        {
            _stream.Write(Buffer.WrittenSpan);
        }
        catch (IOException exception)
        {
            throw new InputException($"cannot write the output: {exception.Message}", exception);
        }

        Buffer.ResetWrittenCount();
    }

    private sealed class Lines(Stream stream, Vocabulary vocabulary) : EventOutput(stream)
    {
        private readonly NdjsonEncoder _encoder = new(vocabulary);

        protected override void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex) => _encoder.Encode(streamEvent, annex, Buffer);
    }

    private sealed class Batches : EventOutput
    {
        private readonly EventBatchWriter _batch = new();
        private readonly EventBatchEncoder _encoder;

        public Batches(Stream stream, Vocabulary vocabulary)
            : base(stream) => _encoder = new EventBatchEncoder(vocabulary, _batch);

        protected override void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
        {
            _encoder.Add(streamEvent, annex);
            if (_batch.IsFull)
            {
                _batch.Flush(Buffer);
            }
        }

        protected override void End()
        {
            if (_batch.Count > 0)
            {
                _batch.Flush(Buffer);
            }
        }
    }
}
