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
