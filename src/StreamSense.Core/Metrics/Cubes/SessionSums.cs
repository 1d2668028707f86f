using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What a session adds to the cells of the window of its end.</summary>
internal static class SessionSums
{
    /// <summary>Everything but the attempt and the play, which may belong to earlier windows.</summary>
    /// <param name="session">The session.</param>
    /// <param name="thresholds">What is a bounce and a completion.</param>
    /// <param name="sign">1, or -1 to take it back.</param>
    public static CubeCell OfEnd(in PlaybackSession session, EngagementThresholds thresholds, int sign)
    {
        var cell = default(CubeCell);
        ref QualitySums sums = ref cell.Sums;
        CountOutcome(ref sums, session.Outcome, sign);
        sums.Stalls = sign * session.Stalls;
        sums.BitrateSwitches = sign * session.BitrateSwitches;
        sums.Starting = sign * session.Times.Starting;
        sums.Playing = sign * session.Times.Playing;
        sums.Rebuffering = sign * session.Times.Rebuffering;
        sums.Seeking = sign * session.Times.Seeking;
        sums.Ad = sign * session.Times.Ad;
        sums.BackgroundPlaying = sign * session.Times.BackgroundPlaying;
        sums.MediaTime = sign * session.Times.MediaTime;
        sums.BitrateTime = sign * session.Times.BitrateTime;
        if (session.IsPlay)
        {
            long watch = session.Times.Watch;
            long stall = session.Times.Rebuffering;
            sums.EndedPlays = sign;
            sums.StartingOfPlays = sign * session.Times.Starting;
            sums.StalledPlays = session.Stalls > 0 ? sign : 0;
            sums.Bounces = thresholds.IsBounce(session) ? sign : 0;
            sums.CompletablePlays = session.IsCompletable ? sign : 0;
            sums.Completions = thresholds.IsCompletion(session) ? sign : 0;
            cell.WatchSquares = (Int128)watch * watch * sign;
            cell.StallSquares = (Int128)stall * stall * sign;
            cell.StallWatch = (Int128)stall * watch * sign;
        }

        return cell;
    }

    private static void CountOutcome(ref QualitySums sums, ViewOutcome outcome, int sign)
    {
        switch (outcome)
        {
            case ViewOutcome.PlaybackFailure:
                sums.PlaybackFailures = sign;
                break;
            case ViewOutcome.StartFailure:
                sums.StartFailures = sign;
                break;
            case ViewOutcome.StartDenial:
                sums.StartDenials = sign;
                break;
            case ViewOutcome.ExitBeforeStart:
                sums.ExitsBeforeStart = sign;
                break;
            case ViewOutcome.ExitInPreroll:
                sums.ExitsInPreroll = sign;
                break;
            default:
                break;
        }
    }
}
