using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Cubes;

/// <summary>Answers by going through a list of sessions: what a cube must say, written without it.</summary>
internal static class SlowCube
{
    public static Dictionary<string, string> Measure(
        IReadOnlyList<PlaybackSession> sessions,
        Func<PlaybackSession, string> keyOf,
        TimeSpan window,
        EventTime? from = null,
        EventTime? to = null)
    {
        bool IsIn(EventTime time) => (from is null || Start(time, window) >= from) && (to is null || Start(time, window) < to);
        var answers = new Dictionary<string, string>();
        foreach (IGrouping<string, PlaybackSession> group in sessions.GroupBy(keyOf))
        {
            PlaybackSession[] ended = [.. group.Where(session => IsIn(session.Ended))];
            PlaybackSession[] plays = [.. ended.Where(session => session.IsPlay)];
            long attempts = group.Count(session => IsIn(session.Attempted));
            long begun = group.Count(session => session.IsPlay && IsIn(session.FirstFrame));
            if (ended.Length + attempts + begun > 0)
            {
                answers.Add(group.Key, Say(attempts, begun, ended, plays));
            }
        }

        return answers;
    }

    public static string Say(CubeRow row)
    {
        CubeMetrics m = row.Metrics;
        return FormattableString.Invariant(
            $"{m.Attempts} {m.Plays} {m.StartFailures} {m.StartDenials} {m.ExitsBeforeStart} {m.ExitsInPreroll} {m.PlaybackFailures} ")
            + FormattableString.Invariant($"{m.EndedPlays} {m.Bounces} {m.CompletablePlays} {m.Completions} {m.Stalls} {m.StalledPlays} ")
            + FormattableString.Invariant($"{m.BitrateSwitches} {m.Watch.Ticks} {m.Play.Ticks} {m.Stall.Ticks} {m.Ad.Ticks} ")
            + FormattableString.Invariant($"{m.AverageBitrateKbps:F6} {m.AverageWatchSeconds:F6} {row.Startup.Count} ")
            + FormattableString.Invariant($"{m.BufferingRatio:F9} {m.BounceRate:F9} {m.CompletionRate:F9}");
    }

    public static EventTime Start(EventTime time, TimeSpan window)
    {
        long length = window.Ticks / 10;
        return new EventTime(time.UnixMicroseconds / length * length);
    }

    private static string Say(long attempts, long begun, PlaybackSession[] ended, PlaybackSession[] plays)
    {
        var thresholds = new EngagementThresholds();
        long Count(ViewOutcome outcome) => ended.Count(session => session.Outcome == outcome);
        long Sum(Func<PlaybackSession, long> of) => ended.Sum(of);
        int bounces = plays.Count(session => thresholds.IsBounce(session));
        int completable = plays.Count(session => session.DurationMicroseconds != Absent.Time);
        int completed = plays.Count(session => thresholds.IsCompletion(session));
        double watch = plays.Sum(session => session.Times.Watch);
        double media = ended.Sum(session => (double)session.Times.MediaTime);
        double bitrate = ended.Sum(session => (double)session.Times.BitrateTime);
        double? Ratio(double a, double b) => b == 0 ? null : a / b;
        return FormattableString.Invariant(
            $"{attempts} {begun} {Count(ViewOutcome.StartFailure)} {Count(ViewOutcome.StartDenial)} {Count(ViewOutcome.ExitBeforeStart)} ")
            + FormattableString.Invariant($"{Count(ViewOutcome.ExitInPreroll)} {Count(ViewOutcome.PlaybackFailure)} {plays.Length} {bounces} ")
            + FormattableString.Invariant($"{completable} {completed} {Sum(s => s.Stalls)} {plays.Count(s => s.Stalls > 0)} ")
            + FormattableString.Invariant($"{Sum(s => s.BitrateSwitches)} {Sum(s => s.Times.Watch) * 10} {Sum(s => s.Times.Playing) * 10} ")
            + FormattableString.Invariant($"{Sum(s => s.Times.Rebuffering) * 10} {Sum(s => s.Times.Ad) * 10} ")
            + FormattableString.Invariant($"{Ratio(bitrate, media):F6} {Ratio(watch, plays.Length * 1e6):F6} ")
            + FormattableString.Invariant($"{ended.Count(s => s.StartupMicroseconds != Absent.Time)} ")
            + FormattableString.Invariant($"{Ratio(Sum(s => s.Times.Rebuffering), watch):F9} {Ratio(bounces, plays.Length):F9} ")
            + FormattableString.Invariant($"{Ratio(completed, completable):F9}");
    }
}
