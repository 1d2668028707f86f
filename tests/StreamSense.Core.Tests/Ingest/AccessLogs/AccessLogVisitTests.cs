using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

public sealed class AccessLogVisitTests
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0) Firefox/120.0";
    private const string Bot = "Examplebot/1.0";

    [Fact]
    public void Visits_SilenceLongerThanTheGap_BeginsAnother()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line(1, 0, Browser) + Line(1, 1800, Browser) + Line(1, 3601, Browser) + Line(2, 3601, Browser));

        VisitId[] visits = [.. log.Events.Select(e => e.Visit)];
        Assert.Equal(visits[0], visits[1]);
        Assert.Equal(3, visits.Distinct().Count());
        Assert.Equal((3, 2, 0), (log.Totals.Visits, log.Totals.Devices, log.Totals.JoinedVisits));
    }

    [Fact]
    public void Visits_LinesOutOfOrder_StayWhole()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line(1, 5000, Browser) + Line(1, 4400, Browser) + Line(1, 5400, Browser) + Line(1, 2700, Browser));

        Assert.Equal(1, log.Totals.Visits);
        Assert.Single(log.Events.Select(e => e.Visit).Distinct());
    }

    [Fact]
    public void Visits_LateLineBetweenTwo_MakesThemOne()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line(1, 0, Browser) + Line(1, 2000, Browser) + Line(1, 1000, Browser) + Line(1, 2500, Browser));

        Assert.Equal((1, 1), (log.Totals.Visits, log.Totals.JoinedVisits));
        Assert.Equal(log.Events[0].Visit, log.Events[3].Visit);
    }

    [Fact]
    public void Visits_LateLineOfTheVisitBefore_IsOfThatVisit()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line(1, 0, Browser) + Line(1, 9000, Browser) + Line(1, 60, Browser));

        Assert.Equal(2, log.Totals.Visits);
        Assert.Equal(log.Events[0].Visit, log.Events[2].Visit);
    }

    [Fact]
    public void Visits_AcrossTwoBodies_GoOn()
    {
        LogFixture log = LogFixture.Combined();

        log.Read(Line(1, 0, Browser));
        log.Read(Line(1, 600, Browser));

        Assert.Equal(1, log.Totals.Visits);
        Assert.Equal(log.Events[0].Visit, log.Events[1].Visit);
    }

    [Fact]
    public void Visits_MoreDevicesThanRemembered_BeginAnew()
    {
        LogFixture log = LogFixture.Combined(new AccessLogOptions { MaxDevices = 2 });

        log.Read(string.Concat(new[] { 1, 2, 1, 3, 1, 2 }.Select((client, second) => Line(client, second, Browser))));

        Assert.Equal((4, 4), (log.Totals.Devices, log.Totals.Visits));
    }

    [Theory]
    [InlineData(BotPolicy.Keep, 3)]
    [InlineData(BotPolicy.Exclude, 1)]
    public void Bots_ByPolicy_AreKeptOrCountedOut(BotPolicy policy, int written)
    {
        LogFixture log = LogFixture.Combined(new AccessLogOptions { Bots = policy });

        IngestResult result = log.Read(Line(1, 0, Bot) + Line(1, 9000, Bot) + Line(1, 0, Browser));

        Assert.Equal((3, written), (result.Offered, result.Written));
        Assert.Equal(3 - written, log.Ingest.Counters.RejectedFor(RejectReason.Excluded));
        Assert.Equal((2, 3, 2, 1), (log.Totals.BotRequests, log.Totals.Visits, log.Totals.BotVisits, log.Totals.BotDevices));
        Assert.Equal(3 - written, log.Totals.Excluded);
        Assert.Equal(policy == BotPolicy.Keep ? 2 : 0, log.Events.Count(e => log.DeviceKindOf(e) == "bot"));
    }

    [Fact]
    public void Visits_AnyLinesALittleOutOfOrder_AreThoseOfTheSortedLog() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Device, ushort Step, byte Back)[]>(),
        lines =>
        {
            LogFixture log = LogFixture.Combined();
            int now = 0;
            var seen = new List<(int Device, int At)>();
            foreach ((byte device, ushort step, byte back) in lines)
            {
                now += step % 1500;
                seen.Add((device % 3, 10_000 + now - (back * 3)));
            }

            log.Read(string.Concat(seen.Select(line => Line(line.Device, line.At, Browser))));
            int expected = seen.GroupBy(line => line.Device).Sum(group => VisitsOf([.. group.Select(line => line.At).Order()]));
            return log.Totals.Visits == expected;
        }));

    private static int VisitsOf(int[] times) => 1 + times.Zip(times.Skip(1)).Count(pair => pair.Second - pair.First > 1800);

    private static string Line(int client, int second, string userAgent) => string.Create(
        CultureInfo.InvariantCulture,
        $"192.0.2.{client} - - [{DateTime.UnixEpoch.AddDays(20_000).AddSeconds(second):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"{userAgent}\"\n");
}
