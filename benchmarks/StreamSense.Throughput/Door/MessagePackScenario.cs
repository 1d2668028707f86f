using System.Buffers;
using System.Text.Json;
using StreamSense.Benchmarks.Ranking;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Privacy;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Door;

/// <summary>Batches of the wire format to events: beside System.Text.Json filling objects from the same events as NDJSON.</summary>
/// <remarks>
/// <code>
/// batches -> MessagePackIngest -> StreamEvent
/// lines   -> JsonSerializer    -> PlayerRecord
/// batches -> batches
/// </code>
/// </remarks>
public sealed class MessagePackScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "decode-msgpack";

    /// <inheritdoc/>
    public string Summary => "MessagePack batches to events, beside System.Text.Json reading the same events as NDJSON";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        PlayerLines lines = PlayerLines.Make();
        var block = new InputBlock(Batches(lines));
        var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8));
        var ingest = new MessagePackIngest(new MessagePackDecoder(new Vocabulary(), pseudonymizer), new DiscardingReceiver());
        var throughputCase = new ThroughputCase(
            "players, all kinds",
            [
                new Contender("MessagePackIngest", events => Read(ingest, block, events)),
                new Contender("copying the bytes", block.Copy),
                new Contender("System.Text.Json, generated, of NDJSON", events => lines.Read(events, ReadLine)),
            ],
            Checksum: events => events,
            Threads: 1)
        {
            Step = PlayerLines.Count,
            InputBytesPerEvent = block.BytesPerEvent,
            Floor = 4,
        };
        return new ThroughputRunner(options).Run(this, [throughputCase]);
    }

    private static byte[] Batches(PlayerLines lines)
    {
        var output = new ArrayBufferWriter<byte>();
        var batch = new EventBatchWriter();
        lines.Read(PlayerLines.Count, line =>
        {
            batch.AddLine(line);
            if (batch.IsFull)
            {
                batch.Flush(output);
            }

            return true;
        });
        batch.Flush(output);
        return output.WrittenSpan.ToArray();
    }

    private static long Read(MessagePackIngest ingest, InputBlock block, long events)
    {
        long read = 0;
        for (long done = 0; done < events; done += PlayerLines.Count)
        {
            ingest.Begin(default(EventTime));
            ingest.Feed(block.Bytes);
            read += ingest.Complete().Written;
        }

        return read;
    }

    private static bool ReadLine(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, PlayerRecordContext.Default.PlayerRecord)!.Time != default;
}
