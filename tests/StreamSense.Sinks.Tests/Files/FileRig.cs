using System.Buffers;
using System.Text;
using StreamSense.Contracts.Delivery;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Sinks.Files;
using StreamSense.Testing.Clock;

namespace StreamSense.Sinks.Tests.Files;

/// <summary>Opens sinks on a volume and reads back what is committed.</summary>
internal static class FileRig
{
    public static NdjsonFileSink Open(IFileVolume volume, NdjsonFileOptions? options = null, TimeProvider? time = null) =>
        new(volume, new MemoryStream(), SinkEvents.Vocabulary, options, time ?? new FakeTimeProvider());

    /// <summary>The text that a batch becomes.</summary>
    public static string TextOf(int from, int count)
    {
        var text = new ArrayBufferWriter<byte>();
        var encoder = new NdjsonEncoder(SinkEvents.Vocabulary);
        DeliveryBatch batch = SinkEvents.Batch(from, count);
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            encoder.Encode(in streamEvent, batch.AnnexOf(in streamEvent), text);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string Replay(IFileVolume volume) => Replay(new NdjsonFileSource(volume), out _);

    public static string Replay(NdjsonFileSource source, out ReplaySummary summary)
    {
        var text = new ArrayBufferWriter<byte>();
        summary = source.Replay(chunk => text.Write(chunk));
        Assert.Equal(text.WrittenCount, summary.Bytes + (summary.DamagedPieces > 0 ? text.WrittenCount - summary.Bytes : 0));
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static async Task WriteAsync(NdjsonFileSink sink, params (int From, int Count)[] batches)
    {
        foreach ((int from, int count) in batches)
        {
            await sink.WriteAsync(SinkEvents.Batch(from, count), default);
        }
    }
}
