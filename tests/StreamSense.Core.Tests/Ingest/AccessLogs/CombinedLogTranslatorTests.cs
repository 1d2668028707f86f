using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

public sealed class CombinedLogTranslatorTests
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36";

    [Fact]
    public void Translate_CombinedLine_IsAMediaRequest()
    {
        LogFixture log = LogFixture.Combined();

        StreamEvent e = log.ReadOne(Line("192.0.2.7", "01/Mar/2026:10:00:00 +0100", "GET /live/seg-1.ts?token=abc HTTP/1.1", "206 1024", Browser));

        Assert.Equal(EventKind.MediaRequest, e.Kind);
        Assert.Equal("2026-03-01T09:00:00.000000Z", e.Time.ToString());
        Assert.Equal(206, LogFixture.PayloadOf(e).Status);
        Assert.Equal(1024, LogFixture.PayloadOf(e).Bytes);
        Assert.Equal((byte)'x', LogFixture.PayloadOf(e).ObjectType);
        Assert.Equal("desktop", log.DeviceKindOf(e));
        Assert.Equal("access-log", log.SourceOf(e));
        Assert.NotEqual(default, e.Device);
        Assert.NotEqual(default, e.Visit);
        Assert.Equal(EventFlags.HasId, e.Flags & EventFlags.HasId);
    }

    [Theory]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 12", 200, 12)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 304 -", 304, 0)]
    [InlineData("2001:db8::1 - ann [01/Mar/2026:10:00:00 -0930] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"", 200, 1)]
    [InlineData("192.0.2.1 - a [b] c [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"", 200, 1)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"-\" 408 0 \"-\" \"-\"", 408, 0)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"\" 400 0 \"-\" \"-\"", 400, 0)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"\\x16\\x03\\x01\\\"\\x02\" 400 226 \"-\" \"-\"", 400, 226)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET /a\"b HTTP/1.1\" 200 5 \"-\" \"say \"hi\"\"", 200, 5)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" - 0 \"-\" \"-\"", 0, 0)]
    [InlineData("www.example.org:443 192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 9 \"-\" \"x\" 0.004 \"y\"", 200, 9)]
    [InlineData("192.0.2.1 - - [2026-03-01T10:00:00+00:00] \"GET / HTTP/1.1\" 200 3 \"-\" \"x\"", 200, 3)]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00.123456 +0000] \"GET / HTTP/1.1\" 200 3 \"-\" \"x\"", 200, 3)]
    public void Translate_LineOfAnyServer_IsRead(string line, int status, long bytes)
    {
        MediaRequestPayload payload = LogFixture.PayloadOf(LogFixture.Combined().ReadOne(line));

        Assert.Equal(status, payload.Status);
        Assert.Equal(bytes, payload.Bytes);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00] \"GET / HTTP/1.0\" 200 12")]
    [InlineData("192.0.2.1 - - [31/Feb/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 12")]
    [InlineData("192.0.2.1 - - [01/Xyz/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 12")]
    [InlineData("192.0.2.1 - - [01/anF/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 12")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] GET / 200 12")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 20 12")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 many")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200")]
    [InlineData("192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.0\" 200 1 \"-\" \"Mozilla/5.0 (cut")]
    public void Translate_BrokenLine_IsMalformedAndCounted(string line)
    {
        LogFixture log = LogFixture.Combined();

        IngestResult result = log.Read(line);

        Assert.Equal(RejectReason.Malformed, Assert.Single(result.Errors).Reason);
        Assert.Equal(1, log.Totals.Unreadable);
        Assert.Equal(0, log.Totals.Requests);
        Assert.Equal(1, log.Totals.Lines);
    }

    [Fact]
    public void Translate_SameLineTwice_IsTwoRequests()
    {
        LogFixture log = LogFixture.Combined();
        string line = Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", "GET / HTTP/1.1", "200 1", Browser);

        log.Read($"{line}\r\n{line}\n{line}");

        Assert.Equal(3, log.Events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(1, log.Totals.Visits);
    }

    [Fact]
    public void Translate_SameFileTwice_GivesTheSameIds()
    {
        LogFixture log = LogFixture.Combined();
        string line = Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", "GET / HTTP/1.1", "200 1", Browser);
        string body = $"{line}\n{line}\n";

        log.Read(body);
        log.Read(body);
        log.Read(body, new IngestOrigin { Source = "edge-2" });

        EventId[] ids = [.. log.Events.Select(e => e.Id)];
        Assert.Equal(ids[..2], ids[2..4]);
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal("edge-2", log.SourceOf(log.Events[^1]));
    }

    [Fact]
    public void Translate_MoreLinesThanRemembered_CountsTheForgottenAnew()
    {
        LogFixture log = LogFixture.Combined(new AccessLogOptions { MaxLines = 1 });
        string first = Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", "GET /a HTTP/1.1", "200 1", Browser);
        string second = Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", "GET /b HTTP/1.1", "200 1", Browser);

        log.Read($"{first}\n{first}\n{second}\n{first}\n");

        EventId[] ids = [.. log.Events.Select(e => e.Id)];
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal(ids[0], ids[3]);
    }

    [Fact]
    public void Translate_CmcdInTheQuery_IsRead()
    {
        LogFixture log = LogFixture.Combined();
        const string Request = "GET /v/1.m4s?a=1&CMCD=bl%3D21300%2Cbr%3D3200%2Cbs%2Ccid%3D%22film-1%22%2Cd%3D4004%2Cmtp%3D25400%2Cot%3Dv"
            + "%2Csid%3D%226e2fb550%22%2Csu&b=2 HTTP/1.1";

        StreamEvent e = log.ReadOne(Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", Request, "200 1", Browser));

        MediaRequestPayload payload = LogFixture.PayloadOf(e);
        Assert.Equal(log.Pseudonyms.View("6e2fb550"u8), e.View);
        Assert.Equal("film-1", log.Vocabulary.Titles.NameOf(e.Title));
        Assert.Equal(21300, payload.BufferMilliseconds);
        Assert.Equal(3200, payload.BitrateKbps);
        Assert.Equal(4004, payload.DurationMilliseconds);
        Assert.Equal(25400, payload.ThroughputKbps);
        Assert.Equal((byte)'v', payload.ObjectType);
        Assert.Equal(48, payload.CacheAndMarks);
    }

    [Theory]
    [InlineData("GET /v/1.m4s?CMCD=%22%22%22 HTTP/1.1")]
    [InlineData("GET /v/1.m4s?CMCD=sid%3D%22a%22%2Cv%3D3 HTTP/1.1")]
    [InlineData("GET /v/1.m4s?CMCD=sid%3D%22%FF%22 HTTP/1.1")]
    [InlineData("GET /v/1.m4s?xCMCD=sid%3D%22a%22 HTTP/1.1")]
    public void Translate_BrokenCmcd_IsARequestWithoutIt(string request) =>
        Assert.True(LogFixture.Combined().ReadOne(Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", request, "200 1", Browser)).View.IsNone);

    [Fact]
    public void Translate_NoAddress_HasTheDeviceOfTheOrigin()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line("-", "01/Mar/2026:10:00:00 +0000", "GET / HTTP/1.1", "200 1", "-"), new IngestOrigin { Device = "d1", DeviceKind = "tv" });

        Assert.Equal(log.Pseudonyms.Device("d1"u8), log.Single.Device);
        Assert.Equal("tv", log.DeviceKindOf(log.Single));
        Assert.Equal(0, log.Totals.Visits);
    }

    [Fact]
    public void Translate_OriginWithoutMeasurement_IsRefused()
    {
        LogFixture log = LogFixture.Combined();

        IngestResult result = log.Read(
            Line("192.0.2.7", "01/Mar/2026:10:00:00 +0000", "GET / HTTP/1.1", "200 1", Browser),
            new IngestOrigin { Consent = ConsentPurposes.Social });

        Assert.Equal(RejectReason.NoConsent, Assert.Single(result.Errors).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void Constructor_SamplingOutOfRange_Throws(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogFixture.Combined(new AccessLogOptions { SamplingPercent = percent }));

    private static string Line(string address, string time, string request, string answer, string userAgent) =>
        $"{address} - - [{time}] \"{request}\" {answer} \"https://example.org/?secret=1\" \"{userAgent}\"";
}
