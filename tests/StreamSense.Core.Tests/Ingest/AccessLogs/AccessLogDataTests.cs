using System.Globalization;
using System.Text.RegularExpressions;
using StreamSense.Contracts;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

/// <summary>The access log of the reference data, against a computation that a person would write at once.</summary>
public sealed class AccessLogDataTests
{
    private const string File = "access-log/apache_access_10k.log";

    [SkippableFact]
    public void Combined_RealLog_HasTheTotalsOfAPlainComputation()
    {
        string path = SharedData.Require(File);
        string[] lines = System.IO.File.ReadAllLines(path);
        LogFixture log = LogFixture.Combined();

        IngestResult result = log.Read(System.IO.File.ReadAllText(path));

        Row[] rows = [.. lines.Select(Row.TryParse).OfType<Row>()];
        Assert.Equal(lines.Length, result.Offered);
        Assert.Equal(rows.Length, result.Written);
        Assert.Equal(result.Offered, result.Written + result.Rejected);
        Assert.Equal(rows.Length, log.Events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(rows.Sum(row => row.Bytes), log.Totals.Bytes);
        Assert.Equal(rows.Count(row => row.Status is >= 400 and < 500), log.Totals.ClientErrors);
        Assert.Equal(rows.Count(row => row.Status >= 500), log.Totals.ServerErrors);
        Assert.Equal(rows.Min(row => row.Time), log.Totals.FirstTime!.Value.ToDateTimeOffset());
        Assert.Equal(rows.Max(row => row.Time), log.Totals.LastTime!.Value.ToDateTimeOffset());
        Assert.Equal(rows.Select(row => row.Device).Distinct().Count(), log.Totals.Devices);
        Assert.Equal(VisitsOf(rows), log.Totals.Visits);
        Assert.Equal(rows.Count(row => row.IsBot), log.Totals.BotRequests);
        Assert.Equal(VisitsOf(rows.Where(row => row.IsBot)), log.Totals.BotVisits);
        Assert.Equal(log.Totals.BotRequests, log.Events.Count(e => log.DeviceKindOf(e) == "bot"));
        Assert.Equal(log.Totals.Visits + log.Totals.JoinedVisits, log.Events.Select(e => e.Visit).Distinct().Count());
    }

    [SkippableFact]
    public void Combined_RealLog_WritesNoAddressAndNoUserAgent()
    {
        string path = SharedData.Require(File);
        string body = System.IO.File.ReadAllText(path);
        LogFixture log = LogFixture.Combined();
        log.Read(body);

        string written = log.Written();

        Assert.Equal(log.Events.Count, written.Count(letter => letter == '\n'));
        Assert.DoesNotMatch(@"\b[0-9]{1,3}(\.[0-9]{1,3}){3}\b", written);
        foreach (string agent in body.Split('\n').Select(Row.TryParse).OfType<Row>().Select(row => row.Agent).Distinct())
        {
            Assert.True(agent.Length < 3 || !written.Contains(agent, StringComparison.OrdinalIgnoreCase), agent);
        }

        Assert.DoesNotContain("http", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Mozilla", written, StringComparison.OrdinalIgnoreCase);
    }

    private static int VisitsOf(IEnumerable<Row> rows) => rows.GroupBy(row => row.Device).Sum(group =>
    {
        DateTimeOffset[] times = [.. group.Select(row => row.Time).Order()];
        return 1 + times.Zip(times.Skip(1)).Count(pair => pair.Second - pair.First > TimeSpan.FromMinutes(30));
    });

    private sealed partial record Row(string Address, string Agent, DateTimeOffset Time, int Status, long Bytes)
    {
        private static readonly Regex _line = new(
            @"^(?<host>\S+) .*? \[(?<time>[^\]]+)\] ""([^""\\]|\\.)*"" (?<status>\d{3}) (?<bytes>\d+|-) ""([^""\\]|\\.)*"" ""(?<agent>.*)""$",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10));

        public (string Address, string Agent) Device => (Address, Agent);

        // The same words, looked for in the plainest way.
        public bool IsBot => IsBotName(Agent);

        public static Row? TryParse(string line)
        {
            Match match = _line.Match(line);
            return !match.Success ? null : new Row(
                match.Groups["host"].Value,
                match.Groups["agent"].Value,
                DateTimeOffset.ParseExact(match.Groups["time"].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture),
                int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture),
                match.Groups["bytes"].Value == "-" ? 0 : long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture));
        }

        private static bool IsBotName(string agent) => Regex.IsMatch(
            agent,
            @"(?<!cu)bot|crawl|spider|slurp|\+http|fetcher|feedburner|feedbin|feedly|feedparser|commafeed|liferea"
                + @"|netnewswire|newsblur|rss/|rss |livejournal\.com|curl/|wget|python-|python/|aiohttp|go-http-client"
                + @"|java/|apache-httpclient|libwww|lwp::|perl/|ruby|php/|guzzlehttp|axios/|node-fetch|undici|httpie"
                + @"|postmanruntime|scrapy|headless|phantomjs|selenium|puppeteer|playwright|lighthouse|monitor|uptime"
                + @"|pingdom|statuscake|nagios|check_http|zabbix|prometheus|datadog|elb-healthchecker|kube-probe"
                + @"|googlehc|facebookexternalhit|facebookcatalog|whatsapp/|preview|embedly|validator|linkcheck"
                + @"|link checker|link sleuth|archiver|archive\.org|mediapartners-google|google favicon"
                + @"|google-read-aloud|google-inspectiontool|imageproxy|flipboard|ezooms|scanner|masscan|zgrab|nmap"
                + @"|nikto|sqlmap|censys|chef client|ansible|httrack|urlgrabber|urlwatch|nutch|heritrix|libfetch|aria2",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10));
    }
}
