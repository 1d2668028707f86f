using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Privacy;

/// <summary>What the decoder of canonical records makes of consent: the matrix of event, request, choice, signal and policy.</summary>
public sealed class ConsentAtTheDoorTests
{
    private const ConsentPurposes M = ConsentPurposes.Measurement;
    private const ConsentPurposes P = ConsentPurposes.Personalisation;
    private const ConsentPurposes S = ConsentPurposes.Sharing;

    private static readonly PseudonymKey Key = PseudonymKey.FromSecret("a secret of the test, long enough"u8);

    private readonly Vocabulary _vocabulary = new();
    private readonly Pseudonymizer _pseudonymizer = new(Key);
    private readonly ConsentLedger _choices = new(64);

    [Theory]
    [InlineData("\"consent\":[\"measurement\",\"sharing\"],", null, false, M | S)]
    [InlineData("\"consent\":[\"measurement\",\"sharing\"],", M | P, false, M | S)]
    [InlineData("", M | S, false, M | S)]
    [InlineData("", null, false, M | P | S)]
    [InlineData("\"consent\":[\"measurement\",\"sharing\"],", null, true, M)]
    [InlineData("", M | S, true, M)]
    [InlineData("", null, true, M | P)]
    public void Decode_EventRequestSignalAndPolicy_TheFirstThatSpeaksDecides(
        string member, ConsentPurposes? request, bool gpc, ConsentPurposes expected)
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.Assume(M | P | S));
        decoder.Assume(new IngestOrigin { Consent = request, Withheld = gpc ? S : ConsentPurposes.None });
        StreamEvent e = Decode(decoder, Pause(member));
        Assert.Equal(expected, _vocabulary.Contexts[e.Context].Consent);
    }

    [Fact]
    public void Decode_SilentEvents_FollowTheLastChoiceByEventTime()
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.Assume(M | P));
        Decode(decoder, $$"""{"kind":"consent_change","time":{{Ms(5)}},"viewer":"ann","consent":["measurement"]}""");
        Assert.Equal(M | P, ConsentOf(Decode(decoder, Pause("", 4))));
        Assert.Equal(M, ConsentOf(Decode(decoder, Pause("", 5))));
        Assert.Equal(M | P, ConsentOf(Decode(decoder, Pause("\"consent\":[\"measurement\",\"personalisation\"],", 6))));
        Assert.Equal(M | P, ConsentOf(Decode(decoder, Pause("", 6, viewer: "ben"))));
    }

    [Fact]
    public void Decode_RequireExplicit_TakesWhatAChoiceGrantsAndRefusesTheRest()
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.RequireExplicit);
        Assert.Equal(RejectReason.NoConsent, Refusal(decoder, Pause("")));
        Decode(decoder, $$"""{"kind":"consent_change","time":{{Ms(0)}},"viewer":"ann","consent":["measurement"]}""");
        Assert.Equal(M, ConsentOf(Decode(decoder, Pause(""))));
        Assert.Equal(RejectReason.NoConsent, Refusal(decoder, Pause("", viewer: "ben")));
        Assert.Equal(RejectReason.InvalidValue, Refusal(decoder, Pause("\"consent\":\"measurement\",")));
        Assert.Equal(RejectReason.InvalidValue, Refusal(decoder, Pause("\"consent\":[\"measurement\",1],")));
        Assert.Equal(RejectReason.None, Refusal(decoder, $$"""{"kind":"title","time":{{Ms(1)}},"title":"film-1","name":"A film"}"""));
    }

    [Fact]
    public void Decode_Aggregate_KeepsTheViewTogetherAndNamesNobody()
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.Assume(M).AggregatingTheRest());
        const string Person = "\"viewer\":\"ann\",\"household\":\"h\",\"device\":\"d\",\"visit\":\"s\",\"view\":\"v\",\"consent\":[]";
        StreamEvent request = Decode(
            decoder, $$"""{"kind":"playback_request","time":{{Ms(1)}},{{Person}},"title":"t","request":"r"}""", out _);
        StreamEvent error = Decode(
            decoder, $$"""{"kind":"error","time":{{Ms(2)}},{{Person}},"code":"E1","severity":"fatal","message":"ann@home"}""", out int annex);
        StreamEvent identified = Decode(decoder, Pause("\"consent\":[\"measurement\"],"));
        Assert.Equal(RejectReason.NoConsent, Refusal(decoder, $$"""{"kind":"login","time":{{Ms(1)}},{{Person}}}"""));

        Assert.True(request.Viewer.IsNone && request.Household.IsNone && request.Device.IsNone && request.Visit.IsNone);
        Assert.Equal(default, request.ReadPayload<PlaybackRequestPayload>().Request);
        Assert.Equal(request.View, error.View);
        Assert.NotEqual(_pseudonymizer.View("v"u8), request.View);
        Assert.Equal(_pseudonymizer.View("v"u8), identified.View);
        Assert.Equal(0, annex);
        Assert.Equal(ConsentPurposes.None, ConsentOf(request));
        Assert.False(request.Title.IsNone);
    }

    [Fact]
    public void Decode_WhatTheEncoderWroteOfAnAggregateEvent_IsTheSameEvent()
    {
        StreamEvent written = Decode(
            Decoder(ConsentPolicy.RequireExplicit.AggregatingTheRest()), Pause("\"consent\":[],"));
        byte[] line = new NdjsonEncoder(_vocabulary).Encode(written, default).ToArray();
        var reader = new NdjsonDecoder(
            _vocabulary, _pseudonymizer, new NdjsonOptions { TrustPseudonyms = true, Consent = ConsentPolicy.RequireExplicit });
        Assert.Equal(RejectReason.None, reader.Decode(line, default, out StreamEvent read, out _));
        Assert.Equal((written.View, written.Id, written.Context), (read.View, read.Id, read.Context));
        Assert.True(read.Viewer.IsNone);
    }

    [Fact]
    public void Assume_Origin_FillsWhatARecordDoesNotSay()
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.Assume(M));
        decoder.Assume(new IngestOrigin { Country = "DE", DeviceKind = "tv", Asn = "AS1", Device = "d9", Cdn = "c1", Source = "door" });
        StreamEvent silent = Decode(decoder, Pause(""));
        StreamEvent said = Decode(decoder, Pause("\"country\":\"FR\",\"device\":\"d1\",\"source\":\"web\","));
        StreamEvent row = Decode(decoder, $$"""{"kind":"profile","time":{{Ms(1)}},"viewer":"ann"}""");
        Assert.Equal(("DE", "tv", "door"), NamesOf(silent));
        Assert.Equal(_pseudonymizer.Device("d9"u8), silent.Device);
        Assert.Equal("c1", _vocabulary.Cdns.NameOf(silent.Cdn));
        Assert.Equal(("FR", "tv", "web"), NamesOf(said));
        Assert.Equal(_pseudonymizer.Device("d1"u8), said.Device);
        Assert.Equal(("", "", ""), NamesOf(row));

        decoder.Assume(new IngestOrigin());
        Assert.Equal(("", "", ""), NamesOf(Decode(decoder, Pause(""))));
    }

    [Fact]
    public void Decode_WithOriginAndChoices_AllocatesNothing()
    {
        NdjsonDecoder decoder = Decoder(ConsentPolicy.Assume(M));
        decoder.Assume(new IngestOrigin { Country = "DE", Device = "d9", Withheld = S });
        Decode(decoder, $$"""{"kind":"consent_change","time":{{Ms(0)}},"viewer":"ann","consent":["measurement"]}""");
        byte[] line = Encoding.UTF8.GetBytes(Pause(""));
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                decoder.Decode(line, default, out _, out _);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static string Ms(int second) =>
        (1_772_600_000_000L + (second * 1000L)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Pause(string member, int second = 1, string viewer = "ann") =>
        $$"""{"kind":"pause","time":{{Ms(second)}},{{member}}"viewer":"{{viewer}}","view":"v"}""";

    private (string Country, string DeviceKind, string Source) NamesOf(in StreamEvent e)
    {
        EventContext context = _vocabulary.Contexts[e.Context];
        return (
            _vocabulary.Countries.NameOf(context.Country) ?? "",
            _vocabulary.DeviceKinds.NameOf(context.DeviceKind) ?? "",
            _vocabulary.Sources.NameOf(context.Source) ?? "");
    }

    private NdjsonDecoder Decoder(ConsentPolicy policy) =>
        new(_vocabulary, _pseudonymizer, new NdjsonOptions { Consent = policy }, _choices);

    private ConsentPurposes ConsentOf(in StreamEvent e) => _vocabulary.Contexts[e.Context].Consent;

    private static StreamEvent Decode(NdjsonDecoder decoder, string line) => Decode(decoder, line, out _);

    private static StreamEvent Decode(NdjsonDecoder decoder, string line, out int annexLength)
    {
        RejectReason reason = decoder.Decode(Encoding.UTF8.GetBytes(line), default, out StreamEvent e, out ReadOnlySpan<byte> annex);
        Assert.True(reason == RejectReason.None, decoder.DescribeLastError());
        annexLength = annex.Length;
        return e;
    }

    private static RejectReason Refusal(NdjsonDecoder decoder, string line) =>
        decoder.Decode(Encoding.UTF8.GetBytes(line), default, out _, out _);
}
