using System.Globalization;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Compares the records of closed sessions with the oracle's attempts, view by view.</summary>
internal static class OracleSessions
{
    // The advance of the content is cut to the microsecond at each change of the rate.
    private const decimal ContentErrorUs = 1_000m;

    /// <summary>One line for each figure of a session that differs; empty where the two agree.</summary>
    internal static List<string> Differences(OracleReport expected, IReadOnlyCollection<PlaybackSession> found)
    {
        var differences = new List<string>();

        // No two attempts begin in the same microsecond, see RandomAudience.
        Dictionary<long, PlaybackSession> sessions = found.ToDictionary(session => session.Attempted.UnixMicroseconds);
        foreach (OracleAttempt attempt in expected.Attempts)
        {
            if (sessions.Remove(attempt.AttemptUs, out PlaybackSession session))
            {
                Dictionary<string, decimal> ledger = expected.Entries.Where(entry => entry.View == attempt.View)
                    .GroupBy(entry => entry.What, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Amount), StringComparer.Ordinal);
                differences.AddRange(Figures(attempt, ledger, session)
                    .Where(figure => Math.Abs(figure.Expected - figure.Found) > figure.Error)
                    .Select(figure => string.Create(CultureInfo.InvariantCulture,
                        $"{attempt.View}.{figure.Name}: expected {figure.Expected}, found {figure.Found}")));
            }
            else
            {
                differences.Add($"{attempt.View}: no session");
            }
        }

        differences.AddRange(sessions.Keys.Select(at => $"a session of {at}: expected none"));
        return differences;
    }

    private static IEnumerable<(string Name, decimal Expected, decimal Found, decimal Error)> Figures(
        OracleAttempt attempt, Dictionary<string, decimal> ledger, PlaybackSession session)
    {
        yield return ("ended", attempt.EndUs, session.Ended.UnixMicroseconds, 0m);
        yield return ("outcome", (int)OutcomeOf(attempt.Outcome), (int)session.Outcome, 0m);
        yield return ("watchUs", ledger.GetValueOrDefault("watchUs"), session.Times.Watch, 0m);
        yield return ("playUs", ledger.GetValueOrDefault("playUs"), session.Times.Playing, 0m);
        yield return ("stallUs", ledger.GetValueOrDefault("stallUs"), session.Times.Rebuffering, 0m);
        yield return ("adUs", ledger.GetValueOrDefault("adUs"), session.Times.Ad, 0m);
        yield return ("backgroundPlayUs", ledger.GetValueOrDefault("backgroundPlayUs"), session.Times.BackgroundPlaying, 0m);
        yield return ("stalls", ledger.GetValueOrDefault("stalls"), session.Stalls, 0m);
        yield return ("bitrateSwitches", ledger.GetValueOrDefault("bitrateSwitches"), session.BitrateSwitches, 0m);
        yield return ("startupUs", ledger.GetValueOrDefault("startupUs", Absent.Time), session.StartupMicroseconds, 0m);
        yield return ("contentStartupUs", ledger.GetValueOrDefault("contentStartupUs", Absent.Time), session.ContentStartupMicroseconds, 0m);
        if (attempt.Play is { } play)
        {
            yield return ("durationUs", play.Title.DurationUs ?? Absent.Time, session.DurationMicroseconds, 0m);
            yield return ("firstFrame", play.FromUs, session.FirstFrame.UnixMicroseconds, 0m);
            yield return ("live", play.Title.IsLive ? 1m : 0m, session.Live ? 1m : 0m, 0m);
            if (play.IsContentSure && !play.Title.IsLive)
            {
                yield return ("contentUs", play.DistinctUs, session.WatchedContentMicroseconds, ContentErrorUs);
            }
        }
    }

    private static ViewOutcome OutcomeOf(string outcome) => outcome switch
    {
        "endedPlays" => ViewOutcome.Played,
        "playbackFailures" => ViewOutcome.PlaybackFailure,
        "startFailures" => ViewOutcome.StartFailure,
        "startDenials" => ViewOutcome.StartDenial,
        "exitsInPreroll" => ViewOutcome.ExitInPreroll,
        _ => ViewOutcome.ExitBeforeStart,
    };
}
