using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests;

/// <summary>A sink that keeps canonical NDJSON in memory, and the source that reads it back.</summary>
internal sealed class RecordedLines(Func<Vocabulary> vocabulary) : IBatchSink, IReplaySource
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private NdjsonEncoder? _encoder;

    public string Name => "recorded";

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        _encoder ??= new NdjsonEncoder(vocabulary());
        foreach (ref readonly StreamEvent e in batch.Events)
        {
            _encoder.Encode(e, batch.AnnexOf(e), _bytes);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ReplaySummary Replay(ReplayFeed feed, CancellationToken cancellationToken = default)
    {
        feed(Bytes);
        return new ReplaySummary(1, Bytes.Length, 0, 0, 0);
    }
}
