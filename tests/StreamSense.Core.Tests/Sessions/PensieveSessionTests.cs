using System.Text.Json;
using StreamSense.Contracts;
using StreamSense.Core.Tests.Metrics;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Sessions;

public sealed class PensieveSessionTests
{
    private const long StartUs = 1_767_225_600_000_000;

    [SkippableFact]
    public void ReadAll_TheLogs_AreSevenHundredAndFifteenSessionsWithStallsAndSwitches()
    {
        List<PensieveSession> sessions = PensieveSession.ReadAll(SharedData.Require("abr-pensieve"));
        PensieveTotals totals = sessions.Aggregate(PensieveTotals.None, (sum, session) => sum + session.Expected());

        Assert.Equal(715, totals.Sessions);
        Assert.True(totals.Stalls > 0 && totals.ShortStalls > 0 && totals.Switches > 0);
        Assert.True(totals.PlayUs >= 715 * 48 * 4_000_000L);
    }

    [SkippableFact]
    public void Lines_MeasuredByTheOracle_GiveExactlyTheTotalsOfTheRows()
    {
        List<PensieveSession> sessions = PensieveSession.ReadAll(SharedData.Require("abr-pensieve"));
        PensieveTotals totals = sessions.Aggregate(PensieveTotals.None, (sum, session) => sum + session.Expected());

        // Ten seconds apart, so that many are open at once and none is alone.
        OracleReport report = OracleMeasure.Run(sessions.SelectMany((session, index) => session.Lines(StartUs + (index * 10_000_000L))));

        Assert.Equal(report.Offered, report.Accepted);
        Assert.Equal(totals.Sessions, report["plays"]);
        Assert.Equal(totals.PlayUs / 1_000_000m, report["playSeconds"]);
        Assert.Equal(totals.StallUs / 1_000_000m, report["stallSeconds"]);
        Assert.Equal((totals.PlayUs + totals.StallUs + totals.StartingUs) / 1_000_000m, report["watchSeconds"]);
        Assert.Equal(totals.Stalls, report["stalls"]);
        Assert.Equal(totals.Switches, report["bitrateSwitches"]);
        Assert.Equal((decimal)totals.KbpsUs / totals.PlayUs, report["averageBitrateKbps"]);
    }

    [SkippableFact]
    public void Lines_MeasuredByTheEngine_GiveExactlyTheTotalsOfTheRows()
    {
        List<PensieveSession> sessions = PensieveSession.ReadAll(SharedData.Require("abr-pensieve"));
        PensieveTotals totals = sessions.Aggregate(PensieveTotals.None, (sum, session) => sum + session.Expected());

        string report = EngineMeasure.Run(sessions.SelectMany((session, index) => session.Lines(StartUs + (index * 10_000_000L)))).Json();

        JsonElement metrics = JsonDocument.Parse(report).RootElement.GetProperty("metrics");
        Assert.Equal(totals.Sessions, metrics.GetProperty("plays").GetInt64());
        Assert.Equal(totals.PlayUs / 1_000_000m, metrics.GetProperty("playSeconds").GetDecimal());
        Assert.Equal(totals.StallUs / 1_000_000m, metrics.GetProperty("stallSeconds").GetDecimal());
        Assert.Equal((totals.PlayUs + totals.StallUs + totals.StartingUs) / 1_000_000m, metrics.GetProperty("watchSeconds").GetDecimal());
        Assert.Equal(totals.Stalls, metrics.GetProperty("stalls").GetInt64());
        Assert.Equal(totals.Switches, metrics.GetProperty("bitrateSwitches").GetInt64());
        Assert.Equal((double)totals.KbpsUs / totals.PlayUs, metrics.GetProperty("averageBitrateKbps").GetDouble(), 1e-9);
    }
}
