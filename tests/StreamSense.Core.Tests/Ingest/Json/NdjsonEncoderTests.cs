using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

public sealed class NdjsonEncoderTests
{
    public static TheoryData<string> Lines => [.. EventLines.All];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Encode_LineOfAnyKind_DecodesToTheSameEvent(string line)
    {
        var first = new NdjsonFixture();
        RejectReason reason = first.TryDecode(line, out StreamEvent original, out string annex);
        Assert.True(reason == RejectReason.None, first.Decoder.DescribeLastError());

        AssertRoundTrip(first, original, annex);
    }

    [Fact]
    public void Lines_AllOfThem_CoverEveryKind()
    {
        var fixture = new NdjsonFixture();
        var kinds = EventLines.All.Select(line => fixture.Decode(line).Kind).ToHashSet();

        Assert.Equal(Enumerable.Range(1, EventKindNames.Count - 1).Select(kind => (EventKind)kind), kinds.Order());
    }

    [Fact]
    public void Encode_WhateverDecodes_DecodesToTheSameEvent()
    {
        var fixture = new NdjsonFixture();
        string[] lines = [.. EventLines.All];
        string[] values =
        [
            "0", "1", "-1", "0.5", "1e3", "1.0000009", "123456789012.3456789",
            "true", "null", "\"\"", "\"~00000000000000ff\"", "\"seek\"", "\"\\u00e9\\n\\\"\"", "[]",
        ];
        var random = new Random(3);
        int decoded = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string line = lines[random.Next(lines.Length)];
            int colon = line.IndexOf(':', random.Next(line.Length));
            int end = colon < 0 ? -1 : line.IndexOfAny([',', '}'], colon);
            if (end < 0)
            {
                continue;
            }

            line = string.Concat(line.AsSpan(0, colon + 1), values[random.Next(values.Length)], line.AsSpan(end));
            if (fixture.TryDecode(line, out StreamEvent e, out string annex) == RejectReason.None)
            {
                AssertRoundTrip(fixture, e, annex);
                decoded++;
            }
        }

        Assert.True(decoded > 4000, $"only {decoded} lines were valid");
    }

    internal static void AssertRoundTrip(NdjsonFixture fixture, StreamEvent original, string annex)
    {
        var written = new ArrayBufferWriter<byte>();
        int length = new NdjsonEncoder(fixture.Vocabulary).Encode(original, Encoding.UTF8.GetBytes(annex), written);
        Assert.Equal(length, written.WrittenCount);
        string text = Encoding.UTF8.GetString(written.WrittenSpan);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);

        var reader = new NdjsonDecoder(
            fixture.Vocabulary, fixture.Pseudonyms, new NdjsonOptions { TrustPseudonyms = true, TrustReceived = true });
        RejectReason reason = reader.Decode(written.WrittenSpan[..^1], default, out StreamEvent again, out ReadOnlySpan<byte> annexAgain);
        Assert.True(reason == RejectReason.None, reader.DescribeLastError() + " in " + text);
        Assert.Equal(original.Flags | EventFlags.Replayed, again.Flags);
        again.Flags = original.Flags;
        Assert.True(
            MemoryMarshal.AsBytes([original]).SequenceEqual(MemoryMarshal.AsBytes([again])),
            $"{text}\n{Convert.ToHexString(MemoryMarshal.AsBytes([original]))}\n{Convert.ToHexString(MemoryMarshal.AsBytes([again]))}");
        Assert.Equal(annex, Encoding.UTF8.GetString(annexAgain));
    }
}
