using System.Text;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

public sealed class NdjsonDecoderTests
{
    private const string Pause = "\"kind\":\"pause\",\"view\":\"w\"";

    [Theory]
    [InlineData("{\"kind\":\"pause\",\"vi", RejectReason.Malformed)]
    [InlineData("42", RejectReason.Malformed)]
    [InlineData("{" + Pause + ",\"time\":1772600767123} {}", RejectReason.Malformed)]
    [InlineData("{" + Pause + ",\"time\":NaN}", RejectReason.Malformed)]
    [InlineData("{\"kind\":\"warp\",\"time\":1772600767123}", RejectReason.UnknownKind)]
    [InlineData("{\"time\":1772600767123}", RejectReason.MissingField)]
    [InlineData("{\"kind\":null,\"time\":1772600767123}", RejectReason.MissingField)]
    [InlineData("{" + Pause + "}", RejectReason.MissingField)]
    [InlineData("{\"kind\":\"pause\",\"time\":1772600767123}", RejectReason.MissingField)]
    [InlineData("{\"kind\":\"click\",\"time\":1772600767123}", RejectReason.MissingField)]
    [InlineData("{\"kind\":\"trial_started\",\"plan\":\"p\",\"time\":1772600767123}", RejectReason.MissingField)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"v\":2}", RejectReason.UnsupportedVersion)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"time\":1772600767123}", RejectReason.DuplicateField)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"vie\\u0077\":\"x\"}", RejectReason.DuplicateField)]
    [InlineData("{" + Pause + ",\"time\":0}", RejectReason.TimeOutOfRange)]
    [InlineData("{" + Pause + ",\"time\":\"1970-01-01T00:00:00Z\"}", RejectReason.TimeOutOfRange)]
    [InlineData("{" + Pause + ",\"time\":\"2100-01-01T00:00:00Z\"}", RejectReason.TimeOutOfRange)]
    [InlineData("{" + Pause + ",\"time\":1e300}", RejectReason.TimeOutOfRange)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"received\":1772500000000}", RejectReason.TimeOutOfRange)]
    [InlineData("{" + Pause + ",\"time\":\"yesterday\"}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":\"2026-02-29T00:00:00Z\"}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"playheadMs\":\"abc\"}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"seq\":-1}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"seq\":1.5}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"seq\":4294967296}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"viewer\":7}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"title\":\"a\\u0000b\"}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"consent\":[\"everything\"]}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"weight\":0}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"variants\":{\"a\":1}}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"variants\":{\"a\":\"1\",\"\\u0061\":\"2\"}}", RejectReason.DuplicateField)]
    [InlineData("{\"kind\":\"buffer_end\",\"view\":\"w\",\"time\":1772600767123,\"durationMs\":-1}", RejectReason.InvalidValue)]
    [InlineData("{\"kind\":\"rate_change\",\"view\":\"w\",\"time\":1772600767123,\"rate\":-1}", RejectReason.InvalidValue)]
    [InlineData("{\"kind\":\"rating\",\"title\":\"t\",\"time\":1772600767123,\"value\":6,\"scale\":\"stars5\"}", RejectReason.InvalidValue)]
    [InlineData("{\"kind\":\"rating\",\"title\":\"t\",\"time\":1772600767123,\"value\":6,\"scale\":[9,1]}", RejectReason.InvalidValue)]
    [InlineData("{\"kind\":\"playback_end\",\"view\":\"w\",\"time\":1772600767123,\"reason\":\"bored\"}", RejectReason.InvalidValue)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"consent\":[]}", RejectReason.NoConsent)]
    [InlineData("{" + Pause + ",\"time\":1772600767123,\"consent\":[\"social\"]}", RejectReason.NoConsent)]
    public void Decode_BadLine_SaysWhy(string line, RejectReason expected)
    {
        var fixture = new NdjsonFixture();

        Assert.Equal(expected, fixture.TryDecode(line, out StreamEvent e, out string annex));

        Assert.NotEqual("", fixture.Decoder.DescribeLastError());
        Assert.Equal(EventKind.None, e.Kind);
        Assert.Equal("", annex);
    }

    [Fact]
    public void DescribeLastError_WrongType_NamesFieldRuleAndValue()
    {
        var fixture = new NdjsonFixture();

        fixture.TryDecode("{" + Pause + ",\"time\":1772600767123,\"playheadMs\":\"abc\"}", out _, out _);

        Assert.Equal("playheadMs: expected a number, found \"abc\"", fixture.Decoder.DescribeLastError());
    }

    [Theory]
    [InlineData("1772600767123.4567", 1772600767123456)]
    [InlineData("1.772600767123456e12", 1772600767123456)]
    [InlineData("\"2026-03-04T05:06:07.1234567+01:00\"", 1772597167123456)]
    [InlineData("\"2026-03-04t05:06:07z\"", 1772600767000000)]
    [InlineData("\"2026-03-03T23:59:60Z\"", 1772582400000000)]
    public void Decode_Time_IsExactToTheMicrosecond(string time, long expected)
    {
        Assert.Equal(expected, new NdjsonFixture().Decode("{" + Pause + ",\"time\":" + time + "}").Time.UnixMicroseconds);
    }

    [Fact]
    public void Decode_SentAndReceived_CorrectTheClock()
    {
        StreamEvent e = new NdjsonFixture().Decode(
            "{" + Pause + ",\"time\":1772600767000,\"sent\":1772600768000,\"received\":1772600778500.5}");

        Assert.Equal(1772600777500500, e.Time.UnixMicroseconds);
        Assert.Equal(10_500, e.CorrectionMilliseconds);
        Assert.Equal(1000, e.ReceivedAfterMilliseconds);
    }

    [Fact]
    public void Decode_ReceivedOfAClient_IsNotTaken()
    {
        var fixture = new NdjsonFixture(new NdjsonOptions());
        string line = "{" + Pause + ",\"time\":1772600767000,\"sent\":1772600767000,\"received\":1772600000000}";

        Assert.Equal(1772600767000000, fixture.Decode(line).Time.UnixMicroseconds);
        Assert.Equal(1772600768000000, fixture.Decode(line, new EventTime(1772600768000000)).Time.UnixMicroseconds);
    }

    [Theory]
    [InlineData("""{"kind":"login","viewer":"v","device":"d","time":1772600767123,"x":{"a":[1.0,"é"],"b":null}}""", true)]
    [InlineData("""{ "x":{"b":null,"a":[10e-1,"\u00e9"]}, "device":"d","viewer":"v","time":1772600767123.000,"kind":"login" }""", true)]
    [InlineData("""{"kind":"login","viewer":"v","device":"d","time":1772600767123,"x":{"a":[1.0,"e"],"b":null}}""", false)]
    [InlineData("""{"kind":"login","viewer":"v","device":"d","time":1772600767123,"x":{"a":["é",1],"b":null}}""", false)]
    [InlineData("""{"kind":"login","viewer":"v","device":"d","time":1772600767123}""", false)]
    public void Decode_NoIdNorSequence_IsIdentifiedByItsContent(string line, bool same)
    {
        var fixture = new NdjsonFixture();
        StreamEvent first = fixture.Decode("""{"kind":"login","viewer":"v","device":"d","time":1772600767123,"x":{"a":[1,"é"],"b":null}}""");

        Assert.Equal(same, first.Id == fixture.Decode(line).Id);
    }

    [Fact]
    public void Decode_Pseudonym_IsTakenOnlyWhereTrusted()
    {
        const string Line = "{\"kind\":\"pause\",\"view\":\"~00000000000000ff\",\"time\":1772600767123}";

        Assert.NotEqual(0xffUL, new NdjsonFixture().Decode(Line).View.Value);
        StreamEvent trusted = new NdjsonFixture(new NdjsonOptions { TrustPseudonyms = true }).Decode(Line);
        Assert.Equal(0xffUL, trusted.View.Value);
        Assert.Equal(EventFlags.Replayed, trusted.Flags);
    }

    [Fact]
    public void Decode_Variants_AreOneTextWhateverTheirOrder()
    {
        var fixture = new NdjsonFixture();
        StreamEvent first = fixture.Decode("{" + Pause + ",\"time\":1772600767123,\"variants\":{\"b\":\"2\", \"a\":\"1\"}}");
        StreamEvent second = fixture.Decode("{" + Pause + ",\"time\":1772600767123,\"variants\":{\"\\u0061\":\"1\",\"b\":\"2\"}}");

        Assert.Equal(first.Context, second.Context);
        Assert.Equal("{\"a\":\"1\",\"b\":\"2\"}", fixture.Vocabulary.Variants.NameOf(fixture.ContextOf(first).Variants));
    }

    [Fact]
    public void Decode_RecordsThatAreRefused_NoteNoTitle()
    {
        var fixture = new NdjsonFixture();

        fixture.TryDecode("{\"kind\":\"click\",\"title\":\"t\",\"time\":5}", out _, out _);

        Assert.Equal(0, fixture.Vocabulary.Titles.Count);
    }

    [Fact]
    public void Decode_KeepEventIdText_PutsItIntoTheAnnex()
    {
        var fixture = new NdjsonFixture(new NdjsonOptions { KeepEventIdText = true });

        fixture.TryDecode("{" + Pause + ",\"time\":1772600767123,\"id\":\"e-1\"}", out StreamEvent e, out string annex);

        Assert.Equal("\"id\":\"e-1\"", annex);
        Assert.Equal(EventFlags.HasId, e.Flags);
    }

    [Fact]
    public void Decode_AbsentFields_SayAbsent()
    {
        ref readonly HeartbeatPayload payload = ref new[]
        {
            new NdjsonFixture().Decode("{\"kind\":\"heartbeat\",\"view\":\"w\",\"time\":1772600767123,\"state\":null}"),
        }[0].ReadPayload<HeartbeatPayload>();

        Assert.Equal(Absent.Time, payload.PlayheadMicroseconds);
        Assert.Equal(Absent.Time, payload.IntervalMicroseconds);
        Assert.Equal(Absent.Number, payload.BitrateKbps);
        Assert.Equal(PlayerState.Unknown, payload.State);
    }

    [Fact]
    public void Decode_AMillionLines_AllocatesNothing()
    {
        var fixture = new NdjsonFixture();
        byte[][] lines = [.. EventLines.All.Select(Encoding.UTF8.GetBytes)];
        Run(fixture, lines, 20_000);

        Assert.Equal(0, Allocations.Least(() => Run(fixture, lines, 500_000)));
    }

    [Fact]
    public void Decode_MutatedLines_NeverThrows()
    {
        var fixture = new NdjsonFixture();
        byte[][] lines = [.. EventLines.All.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] line = [.. lines[random.Next(lines.Length)]];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                line[random.Next(line.Length)] = (byte)random.Next(256);
            }

            int length = random.Next(8) == 0 ? random.Next(line.Length) : line.Length;
            RejectReason reason = fixture.Decoder.Decode(line.AsSpan(0, length), default, out _, out _);
            Assert.Equal(reason == RejectReason.None, fixture.Decoder.DescribeLastError().Length == 0);
        }
    }

    private static void Run(NdjsonFixture fixture, byte[][] lines, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (fixture.Decoder.Decode(lines[i % lines.Length], default, out _, out _) != RejectReason.None)
            {
                throw new InvalidOperationException(fixture.Decoder.DescribeLastError());
            }
        }
    }
}
