using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;
using StreamSense.Core.Tests.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

public sealed class SameAsNdjsonTests
{
    private static readonly string[] Values =
    [
        "0", "1", "-1", "0.5", "1e3", "1.0000009", "123456789012.3456789", "-0", "-0.0", "1.50", "2.4999999999", "1772600767123.4567",
        "18446744073709551615", "1e400", "123456789012345678901234567890", "true", "null", "\"\"", "\"~00000000000000ff\"",
        "\"seek\"", "\"playing\"", "\"stars10\"", "\"\\u00e9\\n\\\"\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[\"a\",1]",
        "{\"b\":[1.0,{\"c\":null}],\"a\":\"x\"}", "[\"measurement\"]", "[\"social\",\"measurement\"]", "[0,10.0]",
        "\"2026-03-04T05:06:07.1239Z\"", "\"2026-03-04\"", "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
    ];

    private static readonly string[] All =
    [
        .. EventLines.All,
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123,\"consent\":[\"social\",\"measurement\"]}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123,\"extra\":{\"a\":[1.50,\"\\u00e9\"]},\"other\":-0}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123,\"seq\":3}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123.456,\"id\":\"e-1\",\"asn\":3320}",
        "{\"kind\":\"error\",\"view\":\"w\",\"time\":\"2026-03-04T05:06:07Z\",\"code\":404,\"severity\":\"fatal\"}",
        "{\"kind\":\"pause\",\"time\":1772600767123}",
        "{\"kind\":\"no_such\",\"time\":1772600767123}",
        "{\"kind\":7,\"time\":1772600767123}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"view\":\"w\",\"time\":1772600767123}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":17726007671230000}",
        "{\"kind\":\"pause\",\"view\":\"w\",\"time\":1772600767123",
        "not json",
    ];

    public static TheoryData<string> Lines => [.. All];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Read_LineSaidInMessagePack_IsTheSameEvent(string line)
    {
        AssertSame(new MessagePackFixture(), line);
        var own = new NdjsonOptions { TrustReceived = true, TrustPseudonyms = true, KeepEventIdText = true };
        AssertSame(new MessagePackFixture(own), line);
        ConsentPolicy nothing = ConsentPolicy.Assume(ConsentPurposes.None);
        AssertSame(new MessagePackFixture(new NdjsonOptions { Consent = nothing }), line);
        AssertSame(new MessagePackFixture(new NdjsonOptions { Consent = nothing.AggregatingTheRest() }), line);
    }

    [Fact]
    public void Read_MutatedLinesSaidInMessagePack_GiveTheSameOutcome()
    {
        MessagePackFixture[] fixtures =
        [
            new(),
            new(new NdjsonOptions { TrustReceived = true, TrustPseudonyms = true }),
            new(new NdjsonOptions { KeepEventIdText = true }),
        ];
        var random = new Random(11);
        int accepted = 0;
        for (int round = 0; round < 10_000; round++)
        {
            string line = Mutate(All[random.Next(All.Length)], random);
            accepted += AssertSame(fixtures[round % fixtures.Length], line) ? 1 : 0;
        }

        Assert.True(accepted > 1000, $"only {accepted} lines were valid");
    }

    [Fact]
    public void Read_ManyLinesInOneBatch_AreTheSameEventsInTheirOrder()
    {
        var fixture = new MessagePackFixture(new NdjsonOptions { TrustReceived = true, KeepEventIdText = true });
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => AnyLine(random))];
            List<(string Event, string Annex)> expected = [];
            foreach (string line in lines)
            {
                if (fixture.Lines.Decode(Encoding.UTF8.GetBytes(line), default, out StreamEvent e, out ReadOnlySpan<byte> annex)
                    == RejectReason.None)
                {
                    expected.Add((Convert.ToHexString(MemoryMarshal.AsBytes([e])), Encoding.UTF8.GetString(annex)));
                }
            }

            IngestResult result = fixture.Read(MessagePackFixture.BatchOf(lines));

            Assert.Equal(lines.Length, result.Offered);
            Assert.Equal(
                expected,
                fixture.Receiver.Events.Select(pair => (Convert.ToHexString(MemoryMarshal.AsBytes([pair.Event])), pair.Annex)));
        }
    }

    // Mostly as players send them: good lines, most of them with numbers of their own; now and then one that is broken.
    private static string AnyLine(Random random)
    {
        string line = All[random.Next(All.Length)].Replace("\"seq\":7", $"\"seq\":{random.Next(100_000)}", StringComparison.Ordinal);
        return random.Next(4) == 0 ? Mutate(line, random) : line;
    }

    private static string Mutate(string line, Random random)
    {
        int colon = line.IndexOf(':', random.Next(line.Length));
        int end = colon < 0 ? -1 : line.IndexOfAny([',', '}'], colon);
        return end < 0 ? line : string.Concat(line.AsSpan(0, colon + 1), Values[random.Next(Values.Length)], line.AsSpan(end));
    }

    private static bool AssertSame(MessagePackFixture fixture, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        RejectReason reason = fixture.Lines.Decode(bytes, default, out StreamEvent expected, out ReadOnlySpan<byte> annex);
        string expectedAnnex = Encoding.UTF8.GetString(annex);

        IngestResult result = fixture.Read(MessagePackFixture.BatchOf(line));

        Assert.Equal(1, result.Offered);
        if (reason != RejectReason.None)
        {
            IngestError error = Assert.Single(result.Errors);
            Assert.True(reason == error.Reason, $"{reason} and {error} in {line}");
            return false;
        }

        Assert.True(result.Errors.Count == 0, $"{string.Join(',', result.Errors)} in {line}");
        (StreamEvent actual, string actualAnnex) = Assert.Single(fixture.Receiver.Events);
        Assert.True(
            MemoryMarshal.AsBytes([expected]).SequenceEqual(MemoryMarshal.AsBytes([actual])),
            $"{line}\n{Convert.ToHexString(MemoryMarshal.AsBytes([expected]))}\n{Convert.ToHexString(MemoryMarshal.AsBytes([actual]))}");
        Assert.Equal(expectedAnnex, actualAnnex);
        return true;
    }
}
