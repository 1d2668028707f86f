using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Json;

/// <summary>A decoder that remembers what senders repeat, beside one that has seen nothing yet.</summary>
public sealed class RememberedEnvelopeTests
{
    private const string Time = "\"time\":1772600767123";

    private static readonly string[] Bodies =
    [
        "\"kind\":\"heartbeat\",{t},{e},\"seq\":{n},\"state\":\"playing\",\"playheadMs\":{n}",
        "\"kind\":\"heartbeat\",{t},{e},\"seq\":{n},\"state\":\"playing\",\"playheadMs\":{n},\"view\":\"again\"",
        "\"kind\":\"pause\",{t},\"id\":\"e-{n}\",{e},\"playheadMs\":{n}",
        "{e},\"kind\":\"resume\",{t},\"seq\":{n}",
        "\"kind\":\"impression\",{t},{e},\"surface\":\"home\",\"offer\":\"o-{n}\"",
        "\"kind\":\"playback_request\",{t},\"seq\":{n},{e},\"autoplay\":true,\"unknown\":{\"a\":{n}}",
        "\"kind\":\"rating\",{t},{e},\"value\":3,\"scale\":\"stars5\"",
        "\"kind\":\"consent_change\",{t},{e}",
        "\"kind\":\"title\",{t},{e},\"name\":\"film {n}\"",
        "\"kind\":\"profile\",{t},{e},\"plan\":\"gold\"",
        "\"kind\":\"login\",{t},{e},\"x\":null",
        "\"kind\":\"cdn_change\",{t},{e}",
        "\"kind\":\"error\",{t},{e},\"code\":{n},\"severity\":\"fatal\",\"asn\":\"AS{n}\"",
        "\"kind\":\"playback_end\",{t},{e},\"reason\":\"quit\"{e2}",
        " \"kind\" : \"seek_end\" , {t} , {e} , \"seq\" : {n} ",
    ];

    private static readonly string[] Envelopes =
    [
        "\"view\":\"w-{s}\",\"source\":\"app\",\"title\":\"title-{s}\",\"viewer\":\"viewer-{s}\",\"device\":\"device-{s}\",\"country\":\"DE\"",
        "\"viewer\":\"viewer-{s}\",\"household\":\"household-{s}\",\"device\":\"device-{s}\",\"visit\":\"visit-{s}\",\"deviceKind\":\"tv\"",
        "\"source\":\"web\",\"viewer\":\"a viewer of number {s}\",\"view\":\"wäre-{s}\",\"variants\":{\"b\":\"1\",\"a\":\"{s}\"},\"consent\":[\"measurement\"]",
        "\"view\" : \"w-{s}\" , \"viewer\":\"\",\"household\":\"\\u0068ousehold\",\"visit\":\"visit-{s}\",\"app\":\"an app \\\"{s}\\\"\",\"isp\":\"net\"",
        "\"device\":\"device-{s}\",\"view\":\"w-{s}\",\"title\":\"title-{s}\",\"cdn\":\"north\",\"asn\":{s},\"viewer\":\"viewer-{s}\",\"isp\":\"a network\"",
        "\"viewer\":\"~00000000000000{s}\",\"view\":\"~11111111111111{s}\",\"title\":\"title-{s}\",\"consent\":[],\"source\":null",
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Decode_SendersThatRepeatThemselves_ReadsEachLineAsIfItWereTheFirst(int seed, bool trust)
    {
        var random = new Random(seed);
        var options = new NdjsonOptions { TrustPseudonyms = trust, Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement) };
        var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));
        var remembering = new Vocabulary(titleCapacity: 8);
        var plain = new Vocabulary(titleCapacity: 8);
        var decoder = new NdjsonDecoder(remembering, pseudonymizer, options);
        int accepted = 0;
        for (int round = 0; round < 30_000; round++)
        {
            byte[] line = Line(random);
            var first = new NdjsonDecoder(plain, pseudonymizer, options);

            RejectReason expected = first.Decode(line, default, out StreamEvent wanted, out ReadOnlySpan<byte> wantedAnnex);
            RejectReason reason = decoder.Decode(line, default, out StreamEvent e, out ReadOnlySpan<byte> annex);

            string text = Encoding.UTF8.GetString(line);
            Assert.True(expected == reason, text);
            Assert.Equal(first.DescribeLastError(), decoder.DescribeLastError());
            Assert.True(BytesOf(wanted).SequenceEqual(BytesOf(e)), text);
            Assert.True(wantedAnnex.SequenceEqual(annex), text);
            Assert.Equal(plain.Titles.NameOf(wanted.Title), remembering.Titles.NameOf(e.Title));
            Assert.Equal(plain.Contexts[wanted.Context], remembering.Contexts[e.Context]);
            accepted += reason == RejectReason.None ? 1 : 0;
        }

        Assert.InRange(accepted, 8_000, 29_000);
        Assert.Equal((plain.Titles.Evicted, plain.Titles.Refused), (remembering.Titles.Evicted, remembering.Titles.Refused));
    }

    [Fact]
    public void Decode_DimensionThatFindsItsTableFull_CountsEachEvent()
    {
        var fixture = new NdjsonFixture();
        for (int i = 0; i < 1024; i++)
        {
            fixture.Vocabulary.Countries.Intern($"land {i}");
        }

        for (int i = 1; i <= 5; i++)
        {
            fixture.Decode(LineOf("\"country\":\"one too many\"", i));
            Assert.Equal(i, fixture.Vocabulary.Countries.Overflowed);
        }
    }

    [Fact]
    public void Decode_TitleThatLostItsName_GetsItBack()
    {
        var vocabulary = new Vocabulary(titleCapacity: 2);
        var decoder = new NdjsonDecoder(vocabulary, new Pseudonymizer(PseudonymKey.CreateRandom()));
        foreach (string title in (string[])["a", "a", "b", "c", "a"])
        {
            byte[] line = Encoding.UTF8.GetBytes(LineOf($"\"title\":\"{title}\"", 1));

            Assert.Equal(RejectReason.None, decoder.Decode(line, default, out StreamEvent e, out _));
            Assert.Equal(title, vocabulary.Titles.NameOf(e.Title));
        }
    }

    [Fact]
    public void Assume_NextBody_ForgetsTheIdsOfTheLast()
    {
        var fixture = new NdjsonFixture();
        fixture.Decode(LineOf("\"country\":\"DE\"", 1));
        Assert.Equal(1, fixture.Decoder.RememberedEnvelopes);

        fixture.Decoder.Assume(new IngestOrigin());

        Assert.Equal(0, fixture.Decoder.RememberedEnvelopes);
    }

    private static string LineOf(string own, int sequence) =>
        $"{{\"kind\":\"pause\",{Time},\"view\":\"a view of some length\",\"viewer\":\"a viewer of some length\",{own},\"seq\":{sequence}}}";

    private static Span<byte> BytesOf(in StreamEvent e) => MemoryMarshal.AsBytes(new[] { e }.AsSpan());

    private static byte[] Line(Random random)
    {
        // Few senders, each with an order of its own; most lines are their like.
        int sender = random.Next(10, 22);
        string envelope = Envelopes[(sender + (random.Next(8) == 0 ? 1 : 0)) % Envelopes.Length];
        string line = Bodies[random.Next(Bodies.Length)]
            .Replace("{t}", Time, StringComparison.Ordinal)
            .Replace("{e2}", random.Next(2) == 0 ? ",\"country\":\"AT\"" : "", StringComparison.Ordinal)
            .Replace("{e}", envelope, StringComparison.Ordinal)
            .Replace("{s}", $"{sender}", StringComparison.Ordinal)
            .Replace("{n}", $"{random.Next(100)}", StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes("{" + line + "}");
        for (int changes = random.Next(4) == 0 ? random.Next(3) : 0; changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)"\"\\{}[]:,. 0159-eEtn\u00ffz"[random.Next(21)];
        }

        return bytes;
    }
}
