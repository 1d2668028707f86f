using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

/// <summary>Whatever bytes come, no reader of logs throws, and every line is accounted for.</summary>
public sealed class AccessLogFuzzTests
{
    private const int Cases = 2_000;

    private static readonly string[] _seeds =
    [
        "192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET /a?CMCD=br%3D1%2Csid%3D%22a%22 HTTP/1.1\" 200 5 \"-\" \"curl \\\"x\\x41\"\n",
        "#Fields: date time c-ip sc-status cs-uri-query cs(User-Agent)\n2026-03-01\t10:00:00\t::1\t200\tCMCD=sid%253D1\ta%20b\n",
        "#Fields: date time sc-bytes cs(Cookie)\n2026-03-01 10:00:00 7 \"a \"\" b\"\n#Date: 2026-03-01\n#Software: x\n",
        "timestamp\tc-ip\tsc-status\tcmcd-session-id\n1772359200.5\t192.0.2.1\t000\t%22x%22\n",
    ];

    [Theory]
    [InlineData("combined")]
    [InlineData("w3c")]
    [InlineData("cloudfront")]
    public void Read_RandomBytes_AccountsForEveryLine(string format) => Run(
        format, Gen.Choose(0, 255).ArrayOf().Select(numbers => numbers.Select(number => (byte)number).ToArray()));

    [Theory]
    [InlineData("combined")]
    [InlineData("w3c")]
    [InlineData("cloudfront")]
    public void Read_LinesWithChangedBytes_AccountsForEveryLine(string format) => Run(format, Mutated());

    private static void Run(string format, Gen<byte[]> bodies)
    {
        LogFixture log = Of(format);
        long lines = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(bodies.ToArbitrary(), body =>
        {
            log.Ingest.Begin(new IngestOrigin());
            log.Ingest.Feed(body);
            IngestResult result = log.Ingest.Complete();
            lines += result.Offered;
            log.Receiver.Events.Clear();
            return result.Offered == result.Written + result.Rejected;
        }));
        Assert.True(lines > 0);
        Assert.Equal(log.Totals.Lines, log.Totals.Directives + log.Totals.Requests + log.Totals.Unreadable);
    }

    private static Gen<byte[]> Mutated() =>
        from seed in Gen.Elements(_seeds)
        from second in Gen.Elements(_seeds)
        from places in Gen.Choose(0, 500).ArrayOf(6)
        from letters in Gen.Elements((int)'"', '\\', '%', '[', ']', ' ', '\t', '#', '\n', '-', '0', ':', 'x', 0, 255).ArrayOf(6)
        select Change(Encoding.UTF8.GetBytes(seed + second), places, letters);

    private static byte[] Change(byte[] body, int[] places, int[] letters)
    {
        for (int i = 0; i < places.Length; i++)
        {
            body[places[i] % body.Length] = (byte)letters[i];
        }

        return body[..(body.Length - (places[0] % 7))];
    }

    private static LogFixture Of(string format) => format switch
    {
        "combined" => LogFixture.Combined(),
        "w3c" => LogFixture.W3c(),
        _ => LogFixture.CloudFront(new AccessLogOptions { RealtimeFields = ["timestamp", "c-ip", "sc-status"] }),
    };
}
