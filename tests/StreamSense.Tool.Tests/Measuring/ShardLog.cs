using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Tool.Tests.Measuring;

/// <summary>A sink that keeps the lines of each shard apart, so that they can be read back in any order that keeps each shard's.</summary>
internal sealed class ShardLog(Vocabulary vocabulary, int shards) : IBatchSink
{
    private readonly NdjsonEncoder _encoder = new(vocabulary);
    private readonly List<byte[]>[] _lines = [.. Enumerable.Range(0, shards).Select(_ => new List<byte[]>())];

    public string Name => "shards";

    public ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        foreach (ref readonly StreamEvent e in batch.Events)
        {
            var line = new ArrayBufferWriter<byte>();
            _encoder.Encode(e, batch.AnnexOf(e), line);
            _lines[batch.Shard].Add(line.WrittenSpan.ToArray());
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The shards by turns, so many lines at a time; a shard at a time if that is more than it has.</summary>
    internal IReplaySource InTurns(int lines)
    {
        var all = new MemoryStream();
        for (int start = 0; _lines.Any(shard => start < shard.Count); start += lines)
        {
            foreach (byte[] line in _lines.SelectMany(shard => shard.Skip(start).Take(lines)))
            {
                all.Write(line);
            }
        }

        return new Kept(all.ToArray());
    }

    private sealed class Kept(byte[] bytes) : IReplaySource
    {
        public string Name => "kept";

        public ReplaySummary Replay(ReplayFeed feed, CancellationToken cancellationToken = default)
        {
            feed(bytes);
            return new ReplaySummary(1, bytes.Length, 0, 0, 0);
        }
    }
}
