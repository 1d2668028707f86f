using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

public sealed class W3cLogTranslatorTests
{
    private const string CloudFrontFields =
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
        + "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken "
        + "x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version time-to-first-byte\n";

    [Fact]
    public void Preamble_OfALineThatFails_LetsItBeReadAlone()
    {
        var translator = new W3cLogTranslator(new Pseudonymizer(PseudonymKey.CreateRandom()));
        var output = new CanonicalRecords();
        translator.Begin(new IngestOrigin());
        Assert.True(translator.Preamble.IsEmpty);
        foreach (string line in new[] { "#Version: 1.0", "#Fields: date time sc-status", "#Date: 2026-03-01", "#Fields: time sc-status" })
        {
            translator.Translate(Encoding.UTF8.GetBytes(line), output);
        }

        Assert.Equal("#Date: 2026-03-01\n#Fields: time sc-status", Encoding.UTF8.GetString(translator.Preamble));
        translator.Begin(new IngestOrigin());
        Assert.True(translator.Preamble.IsEmpty);
    }

    [Fact]
    public void Translate_CloudFrontStandardLog_IsAMediaRequest()
    {
        LogFixture log = LogFixture.W3c();

        StreamEvent e = log.ReadOne(CloudFrontFields + string.Join(
            '\t',
            "2026-03-01", "10:00:01", "FRA56-P4", "5012", "2001:db8::7", "GET", "d1.cloudfront.net", "/v/master.m3u8", "200", "-",
            "Mozilla/5.0%20(SMART-TV;%20Linux;%20Tizen%206.0)", "t=1&CMCD=cid%253D%2522film%252D1%2522%252Csid%253D%2522s1%2522%252Csu",
            "-", "RefreshHit", "q9zXc5==", "cdn.example.org", "https", "312", "0.042", "-", "TLSv1.3", "X", "Hit", "HTTP/2.0", "0.0415"));

        MediaRequestPayload payload = LogFixture.PayloadOf(e);
        Assert.Equal("2026-03-01T10:00:01.000000Z", e.Time.ToString());
        Assert.Equal(log.Pseudonyms.EventFrom("q9zXc5=="u8), e.Id);
        Assert.Equal("cdn:cloudfront", log.SourceOf(e));
        Assert.Equal("cloudfront", log.CdnOf(e));
        Assert.Equal("tv", log.DeviceKindOf(e));
        Assert.Equal((200, 5012L, 42, 42), (payload.Status, payload.Bytes, payload.TtlbMilliseconds, payload.TtfbMilliseconds));
        Assert.Equal(CacheStatus.Hit, LogFixture.CacheOf(e));
        Assert.Equal((byte)'m', payload.ObjectType);
        Assert.Equal(log.Pseudonyms.View("s1"u8), e.View);
        Assert.Equal("film-1", log.Vocabulary.Titles.NameOf(e.Title));
        Assert.Equal(16, payload.CacheAndMarks & 48);
        Assert.Equal((3, 2, 1), (log.Totals.Lines, log.Totals.Directives, log.Totals.Requests));
    }

    [Fact]
    public void Translate_FieldsChangeMidFile_EachLineIsReadInItsOrder()
    {
        LogFixture log = LogFixture.W3c();

        IngestResult result = log.Read(
            """
            2026-03-01 10:00:00 192.0.2.1 200
            #Version: 1.0
            #Date: 2026-03-02 00:00:00
            #Fields: time c-ip sc-status time-taken
            10:00:00 192.0.2.1 200 1.5
            10:00 192.0.2.1 404 0.25
            #Fields: sc-status time date x-comment bytes
            500 10:00:01.25 2026-03-03 "say ""hi"" twice" 77
            500 10:00:01 2026-03-03 short
            500 10:00:01 2026-03-03 one two three
            """);

        Assert.Equal((6, 3, 3), (result.Offered, result.Written, result.Rejected));
        Assert.Equal([200, 404, 500], log.Events.Select(e => (int)LogFixture.PayloadOf(e).Status));
        Assert.Equal([1500, 250, Absent.Number], log.Events.Select(e => LogFixture.PayloadOf(e).TtlbMilliseconds));
        Assert.Equal("2026-03-02T10:00:00.000000Z", log.Events[0].Time.ToString());
        Assert.Equal("2026-03-03T10:00:01.250000Z", log.Events[2].Time.ToString());
        Assert.Equal(77, LogFixture.PayloadOf(log.Events[2]).Bytes);
        Assert.Equal((1, 1), (log.Totals.ClientErrors, log.Totals.ServerErrors));
        Assert.Equal((10, 4, 3, 3), (log.Totals.Lines, log.Totals.Directives, log.Totals.Requests, log.Totals.Unreadable));
    }

    [Fact]
    public void Translate_IisLog_TakesMillisecondsAndPluses()
    {
        LogFixture log = LogFixture.W3c();

        StreamEvent e = log.ReadOne(
            """
            #Software: Microsoft Internet Information Services 10.0
            #Fields: date time c-ip cs(User-Agent) sc-status time-taken
            2026-03-01 10:00:00 192.0.2.1 Mozilla/5.0+(Linux;+Android+13;+Pixel+7)+AppleWebKit/537.36+Chrome/120+Mobile+Safari/537.36 200 187
            """);

        Assert.Equal(187, LogFixture.PayloadOf(e).TtlbMilliseconds);
        Assert.Equal("mobile", log.DeviceKindOf(e));
    }

    [Fact]
    public void Translate_CmcdHeadersLogged_AreReadTogether()
    {
        LogFixture log = LogFixture.W3c();

        StreamEvent e = log.ReadOne(
            "#Fields: date time c-ip cs(CMCD-Session) cs(CMCD-Object) cs(CMCD-Status) cached\n"
            + "2026-03-01 10:00:00 192.0.2.1 sid=%22s1%22 ot=v,br=900 bs 1\n");

        Assert.Equal(log.Pseudonyms.View("s1"u8), e.View);
        Assert.Equal(900, LogFixture.PayloadOf(e).BitrateKbps);
        Assert.Equal(CacheStatus.Hit, LogFixture.CacheOf(e));
        Assert.Equal(32, LogFixture.PayloadOf(e).CacheAndMarks & 48);
    }

    [Fact]
    public void Begin_NextBody_ForgetsTheDirectives()
    {
        LogFixture log = LogFixture.W3c();
        log.Read("#Fields: date time sc-status\n2026-03-01 10:00:00 200\n");

        IngestResult result = log.Read("2026-03-01 10:00:00 200\n");

        Assert.Equal(1, result.Rejected);
    }

    [Theory]
    [InlineData("2026-03-01 10:00:00 abc 1")]
    [InlineData("2026-03-01 10:00:00 200 -1")]
    [InlineData("2026-03-01 - 200 1")]
    [InlineData("- 10:00:00 200 1")]
    [InlineData("2026-13-01 10:00:00 200 1")]
    [InlineData("2026-03-01 10:00:00 \"200 1")]
    public void Translate_BrokenValues_AreMalformed(string line) =>
        Assert.Equal(
            RejectReason.Malformed,
            Assert.Single(LogFixture.W3c().Read("#Fields: date time sc-status sc-bytes\n" + line).Errors).Reason);
}
