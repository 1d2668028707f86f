using System.Globalization;

namespace StreamSense.Core.Tests.Sessions.Oracle;

public sealed class OracleMeasureTests
{
    [Fact]
    public void Run_SixtySecondsWithAStallAndAPause_WatchesSeventy()
    {
        OracleReport report = OracleMeasure.Run(
        [
            Line("playback_request", 0, "\"title\":\"t\""), Line("playback_start", 1), Line("buffer_start", 31), Line("buffer_end", 41),
            Line("pause", 51), Line("resume", 81), Line("playback_end", 101, "\"reason\":\"completed\""),
        ]);

        Assert.Equal(71m, report["watchSeconds"]);
        Assert.Equal(60m, report["playSeconds"]);
        Assert.Equal(10m, report["stallSeconds"]);
        Assert.Equal(1m, report["stalls"]);
        Assert.Equal(1_000m, report["startupMs.p50"]);
    }

    [Fact]
    public void Run_SixtySecondsOfVideoAtHalfSpeed_WatchesOneHundredAndTwenty()
    {
        OracleReport report = OracleMeasure.Run(
        [
            Line("playback_start", 0), Line("rate_change", 0, "\"rate\":0.5"), Line("bitrate_change", 0, "\"bitrateKbps\":1000"),
            Line("bitrate_change", 60, "\"bitrateKbps\":3000"), Line("playback_end", 120, "\"reason\":\"completed\""),
        ]);

        Assert.Equal(120m, report["watchSeconds"]);
        Assert.Equal(2_000m, report["averageBitrateKbps"]);
        Assert.Equal(1m, report["bitrateSwitches"]);
    }

    [Fact]
    public void Run_SilenceLongerThanTheGap_CreditsTheAdvanceOfThePlayhead()
    {
        OracleReport report = OracleMeasure.Run(
        [
            Line("heartbeat", 0, "\"state\":\"playing\",\"intervalMs\":10000,\"playheadMs\":0"),
            Line("heartbeat", 100, "\"state\":\"playing\",\"playheadMs\":12000"),
            Line("heartbeat", 200, "\"state\":\"playing\""),
            Line("heartbeat", 801, "\"state\":\"playing\""),
        ]);

        Assert.Equal(12m + 30m, report["playSeconds"]);
        Assert.Equal(1m, report["peakConcurrentPlays"]);
    }

    [Fact]
    public void Run_SeekOverAStall_EndsTheStallAndSeeksOn()
    {
        OracleReport report = OracleMeasure.Run(
        [
            Line("playback_start", 0), Line("buffer_start", 10), Line("seek_start", 12), Line("seek_end", 15), Line("buffer_end", 16),
            Line("playback_end", 20, "\"reason\":\"quit\""),
        ]);

        Assert.Equal(2m, report["stallSeconds"]);
        Assert.Equal(14m, report["playSeconds"]);
        Assert.Equal(20m, report["watchSeconds"]);
    }

    [Fact]
    public void Run_AdBeforeTheContent_CountsBothStartups()
    {
        OracleReport report = OracleMeasure.Run(
        [
            Line("playback_request", 0, "\"title\":\"t\""), Line("ad_start", 2, "\"ad\":\"a\""), Line("ad_complete", 12, "\"ad\":\"a\""),
            Line("playback_start", 13), Line("playback_end", 20, "\"reason\":\"quit\""),
        ]);

        Assert.Equal(2_000m, report["startupMs.p50"]);
        Assert.Equal(3_000m, report["contentStartupMs.p50"]);
        Assert.Equal(10m, report["adSeconds"]);
    }

    [Fact]
    public void Run_BadLines_AreRejectedByReason()
    {
        OracleReport report = OracleMeasure.Run(
        [
            "{", "[]", Line("dance", 0), Line("playback_end", 0), "{\"kind\":\"pause\",\"time\":0,\"view\":\"v\"}",
            Line("rate_change", 0, "\"rate\":0"),
            Line("pause", 0, "\"consent\":[]"), Line("pause", 0, "\"view\":\"w\""), Line("pause", 0), Line("pause", 0), "",
        ]);

        Assert.Equal(10, report.Offered);
        Assert.Equal(1, report.Accepted);
        Assert.Equal(1, report.Duplicates);
        Assert.Equal("DuplicateField 1, InvalidValue 1, Malformed 2, MissingField 1, NoConsent 1, TimeOutOfRange 1, UnknownKind 1",
            string.Join(", ", report.Rejected.Select(reason => $"{reason.Key} {reason.Value}")));
    }

    [Fact]
    public void Run_ShuffledWithDuplicates_ChangesNoMetric()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            OracleReport inOrder = OracleMeasure.Run(new RandomViews(seed).Lines(40));
            OracleReport shuffled = OracleMeasure.Run(new RandomViews(seed).ShuffledLines(40, duplicateShare: 0.5));

            Assert.Equal(inOrder.Metrics(), shuffled.Metrics());
            Assert.Equal(inOrder.Accepted, shuffled.Accepted);
            Assert.Equal(shuffled.Offered, shuffled.Accepted + shuffled.Duplicates);
        }
    }

    [Fact]
    public void Run_RandomViews_PartitionsAttemptsAndReachesEveryMetric()
    {
        OracleReport report = OracleMeasure.Run(new RandomViews(7).Lines(999));
        Dictionary<string, decimal?> metrics = report.Metrics();

        Assert.Empty(report.Rejected);
        Assert.Equal(
            metrics["attempts"],
            metrics["plays"] + metrics["startFailures"] + metrics["startDenials"]
                + metrics["exitsBeforeStart"] + metrics["exitsInPreroll"]);
        Assert.All(
            metrics.Where(metric => metric.Key is not ("stillStarting" or "completionRate")),
            metric => Assert.True(metric.Value > 0m, metric.Key));
        Assert.Equal(metrics["playSeconds"], report.By("cdn").Values.Sum(group => group["playSeconds"]));
    }

    private static string Line(string kind, int second, string fields = "") =>
        string.Create(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"{kind}\",\"time\":{1_767_225_600_000L + (second * 1000L)},\"view\":\"v\"")
        + (fields.Length > 0 ? "," + fields : "") + "}";
}
