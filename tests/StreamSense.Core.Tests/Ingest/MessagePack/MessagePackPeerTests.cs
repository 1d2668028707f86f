using System.Buffers;
using System.Globalization;
using System.Text;
using StreamSense.Contracts.Peers;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.MessagePack;
using StreamSense.Core.Tests.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

public sealed class MessagePackPeerTests
{
    private const string Package = "@msgpack/msgpack";

    private const string EncodeAgain = """
        import { decodeMulti, encode } from "@msgpack/msgpack";
        const chunks = [];
        for await (const chunk of process.stdin) chunks.push(chunk);
        const options = { useBigInt64: true };
        for (const value of decodeMulti(Buffer.concat(chunks), options)) process.stdout.write(encode(value, options));
        """;

    // As anybody would write a batch who has read docs/concepts/wire-format.md.
    private const string WriteBatch = """
        import { encode } from "@msgpack/msgpack";
        const body = Buffer.concat([
          encode(["web", "v-1", "w-1", "film-42"]),
          encode([{ source: 0, viewer: 1, view: 2, consent: ["measurement"] }]),
          encode([
            [0, "playback_request", 1772600767000, { seq: 1, title: 3 }],
            [0, 13, 1772600768250.5, { seq: 2, playheadMs: 0 }],
            [0, 22, new Date(1772600778000), { seq: 3, playheadMs: 9749.5, state: "playing", bitrateKbps: 2600, later: "yes" }],
          ]),
        ]);
        let head = encode(["SSEB", 1, 0, 3, body, new Uint8Array(4)]).slice(0, -6);
        let crc = 0xffffffff;
        for (const byte of head) {
          crc ^= byte;
          for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
        }
        const sum = new Uint8Array(4);
        new DataView(sum.buffer).setUint32(0, ~crc);
        process.stdout.write(Buffer.concat([head, encode(sum)]));
        """;

    [SkippableFact]
    public void Write_ThenReadAndWrittenByJavaScript_GivesTheSameBytes()
    {
        NpmPeers.Require(Package);
        byte[] values = RandomValues(new Random(7), 2000);

        Assert.Equal(values, NodePeer.Run(EncodeAgain, values));
    }

    [SkippableFact]
    public void Flush_ThenReadAndWrittenByJavaScript_GivesTheSameBytes()
    {
        NpmPeers.Require(Package);
        byte[] batches = [.. EventLines.All.Chunk(9).SelectMany(lines => MessagePackFixture.BatchOf(lines))];

        Assert.Equal(batches, NodePeer.Run(EncodeAgain, batches));
    }

    [SkippableFact]
    public void Feed_BatchWrittenByJavaScript_GivesItsEvents()
    {
        NpmPeers.Require(Package);
        var fixture = new MessagePackFixture();

        var result = fixture.Read(NodePeer.Run(WriteBatch, Array.Empty<byte>()));

        Assert.Equal((3, 3), (result.Offered, result.Written));
        Assert.Empty(result.Errors);
        string[] lines =
        [
            "{\"kind\":\"playback_request\",\"time\":1772600767000,\"seq\":1,\"title\":\"film-42\"",
            "{\"kind\":\"playback_start\",\"time\":1772600768250.5,\"seq\":2,\"playheadMs\":0",
            "{\"kind\":\"heartbeat\",\"time\":1772600778000,\"seq\":3,\"playheadMs\":9749.5,\"state\":\"playing\",\"bitrateKbps\":2600",
        ];
        foreach (((StreamEvent actual, _), string line) in fixture.Receiver.Events.Zip(lines))
        {
            string full = line + ",\"source\":\"web\",\"viewer\":\"v-1\",\"view\":\"w-1\",\"consent\":[\"measurement\"]}";
            fixture.Lines.Decode(Encoding.UTF8.GetBytes(full), default, out StreamEvent expected, out _);
            Assert.Equal(expected.Id, actual.Id);
            Assert.Equal(expected.Time, actual.Time);
            Assert.Equal(expected.Viewer, actual.Viewer);
            Assert.Equal(expected.Context, actual.Context);
            Assert.True(((ReadOnlySpan<byte>)expected.Payload).SequenceEqual(actual.Payload), full);
        }
    }

    private static byte[] RandomValues(Random random, int count)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        for (int i = 0; i < count; i++)
        {
            WriteValue(writer, random, 0);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteValue(MessagePackWriter writer, Random random, int depth)
    {
        int size = 1 << random.Next(1, 10);
        switch (random.Next(depth < 5 ? 10 : 7))
        {
            case 0:
                writer.WriteNil();
                break;
            case 1:
                writer.Write(random.Next(2) == 0);
                break;
            case 2:
                writer.Write(random.NextInt64(-1L << random.Next(63), 1L << random.Next(63)));
                break;
            case 3:
                writer.Write(random.Next(2) == 0 ? random.NextDouble() * size : random.Next(-size, size));
                break;
            case 4:
                writer.WriteText(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aé漢🍺", random.Next(size)))));
                break;
            case 5:
                writer.WriteBinary(new byte[random.Next(size * 200)]);
                break;
            case 6:
                writer.WriteTimestamp(random.NextInt64(0, 1L << 33), (uint)random.Next(2) * 500_000_000);
                break;
            case 7:
                writer.WriteExtension((sbyte)random.Next(0, 128), new byte[random.Next(1, size)]);
                break;
            case 8:
                int elements = random.Next(20);
                writer.WriteArrayHeader(elements);
                for (int i = 0; i < elements; i++)
                {
                    WriteValue(writer, random, depth + 1);
                }

                break;
            default:
                int members = random.Next(20);
                writer.WriteMapHeader(members);
                for (int i = 0; i < members; i++)
                {
                    // Not a number, for which JavaScript has an order of its own.
                    writer.WriteText(Encoding.UTF8.GetBytes("k" + i.ToString(CultureInfo.InvariantCulture)));
                    WriteValue(writer, random, depth + 1);
                }

                break;
        }
    }
}
