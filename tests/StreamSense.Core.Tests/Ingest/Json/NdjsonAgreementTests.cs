using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

/// <summary>The decoder beside readings that share nothing of its speed.</summary>
public sealed class NdjsonAgreementTests
{
    private static readonly string[][] Values =
    [
        ["\"kind\":\"heartbeat\"", "\"kind\": \"heartbeat\"", "\"kind\":\"\\u0068eartbeat\""],
        ["\"view\":\"w-1\"", "\"view\":\"a view whose name is longer than a vector\"", "\"view\":\"\"", "\"view\":7", "\"view\":\"\\ud83d\\ude00\""],
        ["\"time\":1772600767123", "\"time\":1772600767123.4567", "\"time\":1.772600767123e12", "\"time\":\"2026-03-04T05:06:07.123456Z\"",
            "\"time\":\"2026-03-04 05:06:60+01:30\"", "\"time\":\"2024-02-29T23:59:59.9-00:30\"", "\"time\":12", "\"time\":null"],
        ["", "\"seq\":7", "\"seq\":4294967295", "\"seq\":4294967296", "\"seq\":1.5", "\"seq\":1.50e1", "\"seq\":-0", "\"seq\":\"\""],
        ["", "\"viewer\":\"v\"", "\"viewer\":null", "\"viewer\":\"\\u0000\"", "\"viewer\":\"\\ud800\"", "\"viewer\":[]"],
        ["", "\"playheadMs\":30000", "\"playheadMs\":-20.5", "\"playheadMs\":0.0009", "\"playheadMs\":123456789012345.6789", "\"playheadMs\":true"],
        ["", "\"intervalMs\":10000", "\"intervalMs\":1E4", "\"intervalMs\":-1", "\"intervalMs\":{}"],
        ["", "\"bitrateKbps\":2600", "\"bitrateKbps\":2600.5", "\"bitrateKbps\":2599.4999", "\"bitrateKbps\":2147483648", "\"bitrateKbps\":-0.4"],
        ["", "\"state\":\"playing\"", "\"state\":\"paused\"", "\"state\":\"\"", "\"state\":\"asleep\"", "\"state\":1"],
        ["", "\"x\":{\"a\":[1,{\"b\":\"\\\"\"}]}", "\"y\":\"\\ud800\"", "\"z\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"],
    ];

    [Fact]
    public void Decode_RandomHeartbeats_AgreesWithADocument()
    {
        var fixture = new NdjsonFixture(new NdjsonOptions());
        var random = new Random(3);
        int accepted = 0;
        for (int round = 0; round < 60_000; round++)
        {
            byte[] line = Line(random);
            if (round % 2 == 0)
            {
                line[random.Next(line.Length)] = (byte)"\"\\{}[]:,. 0159-eEtn\u00ffz"[random.Next(21)];
            }

            DocumentReading? expected = DocumentReading.TryRead(line);
            RejectReason reason = fixture.Decoder.Decode(line, default, out StreamEvent e, out _);

            Assert.True(
                expected is null == (reason != RejectReason.None),
                $"{fixture.Decoder.DescribeLastError()} in {Encoding.Latin1.GetString(line)}");
            if (expected is not null)
            {
                accepted++;
                Assert.Equal(expected, ReadingOf(e));
            }
        }

        Assert.InRange(accepted, 2_000, 50_000);
    }

    [Fact]
    public void Decode_SameRecordSpelledOtherwise_GivesTheSameEvent()
    {
        var fixture = new NdjsonFixture();
        var random = new Random(4);
        foreach (string line in EventLines.All)
        {
            foreach (string without in (string[])["", ",\"seq\":7"])
            {
                string plain = without.Length == 0 ? line : line.Replace(without, "", StringComparison.Ordinal);
                RejectReason reason = fixture.TryDecode(plain, out StreamEvent expected, out string expectedAnnex);

                Assert.Equal(RejectReason.None, reason);
                Assert.Equal(reason, fixture.TryDecode(SpelledOtherwise(random, plain), out StreamEvent e, out string annex));
                Assert.True(BytesOf(expected).SequenceEqual(BytesOf(e)), line);
                Assert.Equal(expectedAnnex, annex);
            }
        }
    }

    private static Span<byte> BytesOf(in StreamEvent e) => MemoryMarshal.AsBytes(new[] { e }.AsSpan());

    private static byte[] Line(Random random)
    {
        // Mostly the first values, which are good ones.
        string[] members =
        [
            .. Values.Select(values => values[random.Next(random.Next(4) > 0 ? Math.Min(2, values.Length) : values.Length)]),
        ];
        if (random.Next(3) == 0)
        {
            random.Shuffle(members);
        }

        List<string> given = [.. members.Where(member => member.Length > 0)];
        if (random.Next(20) == 0)
        {
            // Of what the schema does not know nobody cares how often it stands there.
            string[] known = [.. given.Except(Values[^1])];
            given.Add(known[random.Next(known.Length)]);
        }

        return Encoding.UTF8.GetBytes("{" + string.Join(random.Next(4) == 0 ? " ,\t" : ",", given) + "}");
    }

    private static DocumentReading ReadingOf(in StreamEvent e)
    {
        HeartbeatPayload payload = e.ReadPayload<HeartbeatPayload>();
        return new DocumentReading(
            e.Time.UnixMicroseconds,
            (e.Flags & EventFlags.HasSequence) != 0 ? e.Sequence : null,
            !e.Viewer.IsNone,
            payload.PlayheadMicroseconds,
            payload.IntervalMicroseconds,
            payload.BitrateKbps,
            payload.State);
    }

    // An escape in a name is what the fast way leaves to the reader.
    private static string SpelledOtherwise(Random random, string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        string[] members =
        [
            .. document.RootElement.EnumerateObject().Select(member =>
                $"\"\\u{(int)member.Name[0]:x4}{member.Name[1..]}\" : {member.Value.GetRawText()}"),
        ];
        random.Shuffle(members);
        return "{ " + string.Join(" , ", members) + " }";
    }
}
