using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

public sealed class CloudFrontRealtimeTranslatorTests
{
    // The documented order before the server's address and the primary distribution were added, with CMCD: 61 fields.
    private static readonly string[] _fields =
        ("timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes x-edge-location "
        + "x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query "
        + "x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status "
        + "sc-content-type sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type c-country cs-accept-encoding "
        + "cs-accept cache-behavior-path-pattern cs-headers cs-header-names cs-headers-count origin-fbl origin-lbl asn "
        + "cmcd-encoded-bitrate cmcd-buffer-length cmcd-buffer-starvation cmcd-content-id cmcd-object-duration cmcd-deadline "
        + "cmcd-measured-throughput cmcd-next-object-request cmcd-next-range-request cmcd-object-type cmcd-playback-rate "
        + "cmcd-requested-maximum-throughput cmcd-streaming-format cmcd-session-id cmcd-stream-type cmcd-startup cmcd-top-bitrate "
        + "cmcd-version").Split(' ');

    private static readonly Dictionary<string, string> _values = new()
    {
        ["timestamp"] = "1772359200.123",
        ["c-ip"] = "192.0.2.44",
        ["time-to-first-byte"] = "0.0125",
        ["sc-status"] = "206",
        ["sc-bytes"] = "1048576",
        ["cs-uri-stem"] = "/v/7.m4s",
        ["x-edge-request-id"] = "Zx81==",
        ["time-taken"] = "1.250",
        ["cs-user-agent"] = "AppleCoreMedia/1.0.0.19J346%20(Apple%20TV;%20U;%20CPU%20OS%2015_0%20like%20Mac%20OS%20X)",
        ["x-edge-response-result-type"] = "Hit",
        ["x-edge-result-type"] = "Miss",
        ["c-country"] = "DE",
        ["asn"] = "64500",
        ["cmcd-encoded-bitrate"] = "4500",
        ["cmcd-buffer-length"] = "8000",
        ["cmcd-buffer-starvation"] = "true",
        ["cmcd-content-id"] = "film%201",
        ["cmcd-object-duration"] = "4000",
        ["cmcd-measured-throughput"] = "22000",
        ["cmcd-object-type"] = "v",
        ["cmcd-session-id"] = "s-1",
        ["cmcd-startup"] = "true",
    };

    [Theory]
    [InlineData(61)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(67)]
    [InlineData(69)]
    public void Translate_AllFields_IsAMediaRequest(int count)
    {
        LogFixture log = LogFixture.CloudFront();

        StreamEvent e = log.ReadOne(Line(FieldsOf(count)));

        MediaRequestPayload payload = LogFixture.PayloadOf(e);
        Assert.Equal(1772359200123000, e.Time.UnixMicroseconds);
        Assert.Equal(log.Pseudonyms.EventFrom("Zx81=="u8), e.Id);
        Assert.Equal(log.Pseudonyms.View("s-1"u8), e.View);
        Assert.Equal("film 1", log.Vocabulary.Titles.NameOf(e.Title));
        Assert.Equal((206, 1048576L, 13, 1250), (payload.Status, payload.Bytes, payload.TtfbMilliseconds, payload.TtlbMilliseconds));
        Assert.Equal((4500, 8000, 4000), (payload.BitrateKbps, payload.BufferMilliseconds, payload.DurationMilliseconds));
        Assert.Equal((22000, (byte)'v', 48), (payload.ThroughputKbps, payload.ObjectType, payload.CacheAndMarks & 48));
        Assert.Equal(CacheStatus.Miss, LogFixture.CacheOf(e));
        Assert.Equal(("DE", "64500", "tv"), (log.CountryOf(e), log.AsnOf(e), log.DeviceKindOf(e)));
        Assert.Equal(("cdn:cloudfront", "cloudfront"), (log.SourceOf(e), log.CdnOf(e)));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(43)]
    [InlineData(45)]
    [InlineData(46)]
    public void Translate_AllFieldsBeforeCmcd_AreToldByTheirNumber(int count)
    {
        LogFixture log = LogFixture.CloudFront();

        StreamEvent e = log.ReadOne(Line(FieldsOf(count)));

        Assert.Equal("DE", log.CountryOf(e));
        Assert.Equal(count == 40 ? "" : "64500", log.AsnOf(e));
        Assert.True(e.View.IsNone);
    }

    [Fact]
    public void Translate_ConfiguredFields_AreTakenInTheirOrder()
    {
        string[] fields = ["sc-status", "timestamp", "cs-uri-stem", "c-ip"];
        LogFixture log = LogFixture.CloudFront(new AccessLogOptions { RealtimeFields = fields });

        IngestResult result = log.Read(
            "000\t1772359200\t/a.ts?x=1&CMCD=sid%3D%22q%22%2Cbl%3D100\t192.0.2.1\tnew\n404\t1772359201\t/b.ts\t192.0.2.1\nx\ty\n");

        Assert.Equal((3, 2, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(log.Pseudonyms.View("q"u8), log.Events[0].View);
        Assert.Equal(100, LogFixture.PayloadOf(log.Events[0]).BufferMilliseconds);
        Assert.Equal((1, 1, 1), (log.Totals.GivenUp, log.Totals.ClientErrors, log.Totals.Visits));
        Assert.NotEqual(log.Events[0].Id, log.Events[1].Id);
    }

    [Fact]
    public void Translate_HeaderLine_SetsTheOrder()
    {
        LogFixture log = LogFixture.CloudFront();

        StreamEvent e = log.ReadOne("timestamp\tsc-bytes\tsc-status\n1772359200.5\t7\t200\n");

        Assert.Equal((7L, 200), (LogFixture.PayloadOf(e).Bytes, LogFixture.PayloadOf(e).Status));
        Assert.Equal(1, log.Totals.Directives);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(25, 4)]
    [InlineData(1, 100)]
    public void Translate_SampledLog_WeighsItsRequests(double percent, float weight)
    {
        LogFixture log = LogFixture.CloudFront(new AccessLogOptions { SamplingPercent = percent });

        Assert.Equal(weight, LogFixture.PayloadOf(log.ReadOne(Line(_fields))).Weight);
    }

    [Theory]
    [InlineData("Hit", CacheStatus.Hit)]
    [InlineData("RefreshHit", CacheStatus.Hit)]
    [InlineData("OriginShieldHit", CacheStatus.Hit)]
    [InlineData("Miss", CacheStatus.Miss)]
    [InlineData("Redirect", CacheStatus.Pass)]
    [InlineData("FunctionGeneratedResponse", CacheStatus.Pass)]
    [InlineData("Error", CacheStatus.Error)]
    [InlineData("LimitExceeded", CacheStatus.Error)]
    [InlineData("CapacityExceeded", CacheStatus.Error)]
    [InlineData("FunctionExecutionError", CacheStatus.Error)]
    [InlineData("TCP_HIT", CacheStatus.Hit)]
    [InlineData("TCP_REFRESH_MISS", CacheStatus.Miss)]
    [InlineData("EXPIRED", CacheStatus.Miss)]
    [InlineData("REVALIDATED", CacheStatus.Hit)]
    [InlineData("BYPASS", CacheStatus.Pass)]
    public void Translate_ResultType_IsOneOfFour(string result, CacheStatus expected)
    {
        LogFixture log = LogFixture.CloudFront(new AccessLogOptions { RealtimeFields = ["timestamp", "x-edge-result-type"] });

        Assert.Equal(expected, LogFixture.CacheOf(log.ReadOne("1772359200\t" + result)));
    }

    private static string[] FieldsOf(int count)
    {
        int servers = count is 46 or 64 or 67 or 69 ? 1 : 0;
        bool isPrimary = count is 45 or 46 or 63 or 64 or 67 or 69;
        var fields = new List<string>(_fields);
        fields.InsertRange(fields.IndexOf("origin-fbl"), isPrimary ? ["primary-distribution-id", "primary-distribution-dns-name"] : []);
        fields.InsertRange(2, servers == 1 ? ["s-ip"] : []);
        fields.AddRange(["r-host", "sr-reason", "x-edge-mqcs", "distribution-tenant-id", "connection-id"]);
        return [.. fields.Take(count)];
    }

    private static string Line(string[] fields) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join('\t', fields.Select(field => _values.GetValueOrDefault(field, "-")))}\n");
}
