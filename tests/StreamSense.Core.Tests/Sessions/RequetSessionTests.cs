using System.Globalization;
using StreamSense.Contracts;
using StreamSense.Core.Metrics;
using StreamSense.Core.Tests.Metrics;
using Xunit.Abstractions;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>Real sessions of a real player, recorded every 100 ms: what the engine says equals what the states add up to.</summary>
public sealed class RequetSessionTests(ITestOutputHelper output)
{
    private const string Set = "requet-youtube";

    [SkippableFact]
    public void Measure_EachRecordedSession_EqualsItsStates()
    {
        output.WriteLine($"{"session",-28} {"startup",8} {"stalls",6} {"stall",9} {"play",9} {"switches",8}  quality (share of play)");
        foreach (RequetSession session in RequetSession.ReadAll(SharedData.Require(Set)))
        {
            RequetTruth truth = RequetTruth.Of(session.Samples);
            QualityMetrics told = EngineMeasure.Run(session.Lines(_ => 1_000)).Totals;
            var shares = truth.PlayMsByQuality.Keys
                .ToDictionary(quality => quality, quality => ShareOf(session, quality), StringComparer.Ordinal);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{session.Name,-28} {told.Startup.P50?.TotalSeconds,8:F3} {told.Stalls,6} {told.Stall.TotalSeconds,9:F3} "
                + $"{told.Play.TotalSeconds,9:F3} {Switches(session),8}  "
                + $"{string.Join(' ', shares.Select(share => $"{share.Key}={share.Value:P1}"))}"));

            Assert.Equal((1L, 1L), (told.Attempts, told.Plays));
            Assert.InRange(told.Startup.P50!.Value.TotalMilliseconds, truth.StartupMs * 0.99, truth.StartupMs * 1.01);
            Assert.Equal(truth.StallsMs.Count, told.Stalls);
            Assert.Equal(truth.StallsMs.Sum(), told.Stall.TotalMilliseconds);
            Assert.Equal(truth.PlayMs, told.Play.TotalMilliseconds);
            Assert.Equal(truth.StartupMs + truth.PlayMs + truth.StallsMs.Sum(), told.Watch.TotalMilliseconds);
            Assert.Equal(truth.Switches, Switches(session));
            Assert.All(shares, share => Assert.Equal((double)truth.PlayMsByQuality[share.Key] / truth.PlayMs, share.Value, 9));
        }
    }

    [SkippableFact]
    public void Measure_EachRecordedSession_StallsWhereThePlayheadStands()
    {
        foreach (RequetSession session in RequetSession.ReadAll(SharedData.Require(Set)))
        {
            RequetTruth truth = RequetTruth.Of(session.Samples);
            double stood = EngineMeasure.Run(session.Lines(_ => 1_000)).Totals.Stall.TotalMilliseconds + truth.PausedMs;

            // Where the player stops or starts, its progress jumps by up to three samples.
            double tolerance = 300 * (truth.StallsMs.Count + 1);
            Assert.True(
                Math.Abs(stood - truth.StoodMs) <= tolerance,
                $"{session.Name}: stalls {stood} ms, the playhead stood {truth.StoodMs} ms.");
        }
    }

    [SkippableFact]
    public void Measure_AllRecordedSessionsTogether_IsTheSumOfThem()
    {
        List<RequetSession> sessions = RequetSession.ReadAll(SharedData.Require(Set));
        RequetTruth[] truths = [.. sessions.Select(session => RequetTruth.Of(session.Samples))];

        QualityMetrics told = EngineMeasure.Run(sessions.SelectMany(session => session.Lines(_ => 1_000)), shards: 2).Totals;

        double stallMs = truths.Sum(truth => truth.StallsMs.Sum());
        double playMs = truths.Sum(truth => truth.PlayMs);
        Assert.Equal(sessions.Count, told.Plays);
        Assert.Equal(truths.Sum(truth => truth.StallsMs.Count), told.Stalls);
        Assert.Equal(stallMs, told.Stall.TotalMilliseconds);
        Assert.Equal(playMs, told.Play.TotalMilliseconds);
        Assert.Equal(stallMs / (playMs + stallMs + truths.Sum(truth => truth.StartupMs)), told.BufferingRatio!.Value, 12);
        Assert.Equal((double)truths.Count(truth => truth.StallsMs.Count > 0) / sessions.Count, told.StalledViewsShare!.Value, 12);
    }

    // A quality told as 2,000 and all others as 1,000 kbps: the mean over media time says how much of it was in that quality.
    private static double ShareOf(RequetSession session, string quality) =>
        (EngineMeasure.Run(session.Lines(name => name == quality ? 2_000 : 1_000)).Totals.AverageBitrateKbps!.Value - 1_000) / 1_000;

    private static long Switches(RequetSession session)
    {
        string[] ladder = ["tiny", "small", "medium", "large", "hd720", "hd1080", "hd1440", "hd2160"];
        return EngineMeasure.Run(session.Lines(name => Array.IndexOf(ladder, name) + 1)).Totals.BitrateSwitches;
    }
}
