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
        sums[QualityCount.Stalls] = sign * session.Stalls;
        sums[QualityCount.BitrateSwitches] = sign * session.BitrateSwitches;
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
            sums[QualityCount.EndedPlays] = sign;
            sums.StartingOfPlays = sign * session.Times.Starting;
            sums[QualityCount.StalledPlays] = session.Stalls > 0 ? sign : 0;
            sums[QualityCount.Bounces] = thresholds.IsBounce(session) ? sign : 0;
            sums[QualityCount.CompletablePlays] = session.IsCompletable ? sign : 0;
            sums[QualityCount.Completions] = thresholds.IsCompletion(session) ? sign : 0;
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
                sums[QualityCount.PlaybackFailures] = sign;
                break;
            case ViewOutcome.StartFailure:
                sums[QualityCount.StartFailures] = sign;
                break;
            case ViewOutcome.StartDenial:
                sums[QualityCount.StartDenials] = sign;
                break;
            case ViewOutcome.ExitBeforeStart:
                sums[QualityCount.ExitsBeforeStart] = sign;
                break;
            case ViewOutcome.ExitInPreroll:
                sums[QualityCount.ExitsInPreroll] = sign;
                break;
            default:
                break;
        }
    }
}
