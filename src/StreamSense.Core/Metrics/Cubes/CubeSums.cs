using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The sums of a cell: counts, microseconds, and products of them in 128 bits.</summary>
/// <remarks>A layout of its own, so that the size of a cell does not change with what other metrics keep.</remarks>
internal struct CubeSums
{
    public long Attempts;
    public long Plays;

    /// <summary>What follows is of sessions that ended.</summary>
    public long ExitsBeforeStart;
    public long ExitsInPreroll;
    public long StartFailures;
    public long StartDenials;
    public long PlaybackFailures;
    public long EndedPlays;
    public long StalledPlays;
    public long Stalls;
    public long BitrateSwitches;
    public long Bounces;
    public long CompletablePlays;
    public long Completions;

    public long Starting;
    public long StartingOfPlays;
    public long Playing;
    public long Rebuffering;
    public long Seeking;
    public long Ad;
    public long BackgroundPlaying;

    /// <summary>Play time at known bitrate × rate, in microseconds × millionths.</summary>
    public Int128 MediaTime;

    /// <summary>kbps × <see cref="MediaTime"/>.</summary>
    public Int128 BitrateTime;

    /// <summary>Watch time squared, of plays.</summary>
    public Int128 WatchSquares;

    /// <summary>Stall time squared, of plays.</summary>
    public Int128 StallSquares;

    /// <summary>Stall time × watch time, of plays.</summary>
    public Int128 StallWatch;

    public readonly long Watch => Starting + Playing + Rebuffering + Seeking;

    public readonly long WatchOfPlays => StartingOfPlays + Playing + Rebuffering + Seeking;

    /// <summary>What a session adds to the window of its end: everything but the attempt and the play.</summary>
    /// <param name="session">The session.</param>
    /// <param name="thresholds">What is a bounce and a completion.</param>
    /// <param name="sign">1, or -1 to take it back.</param>
    public static CubeSums OfEnd(in PlaybackSession session, EngagementThresholds thresholds, int sign)
    {
        var sums = default(CubeSums);
        sums.CountOutcome(session.Outcome, sign);
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
            Int128 watch = session.Times.Watch;
            Int128 stall = session.Times.Rebuffering;
            sums.EndedPlays = sign;
            sums.StartingOfPlays = sign * session.Times.Starting;
            sums.StalledPlays = session.Stalls > 0 ? sign : 0;
            sums.Bounces = thresholds.IsBounce(session) ? sign : 0;
            sums.CompletablePlays = session.IsCompletable ? sign : 0;
            sums.Completions = thresholds.IsCompletion(session) ? sign : 0;
            sums.WatchSquares = sign * watch * watch;
            sums.StallSquares = sign * stall * stall;
            sums.StallWatch = sign * stall * watch;
        }

        return sums;
    }

    public void Add(in CubeSums other)
    {
        Attempts += other.Attempts;
        Plays += other.Plays;
        ExitsBeforeStart += other.ExitsBeforeStart;
        ExitsInPreroll += other.ExitsInPreroll;
        StartFailures += other.StartFailures;
        StartDenials += other.StartDenials;
        PlaybackFailures += other.PlaybackFailures;
        EndedPlays += other.EndedPlays;
        StalledPlays += other.StalledPlays;
        Stalls += other.Stalls;
        BitrateSwitches += other.BitrateSwitches;
        Bounces += other.Bounces;
        CompletablePlays += other.CompletablePlays;
        Completions += other.Completions;
        Starting += other.Starting;
        StartingOfPlays += other.StartingOfPlays;
        Playing += other.Playing;
        Rebuffering += other.Rebuffering;
        Seeking += other.Seeking;
        Ad += other.Ad;
        BackgroundPlaying += other.BackgroundPlaying;
        MediaTime += other.MediaTime;
        BitrateTime += other.BitrateTime;
        WatchSquares += other.WatchSquares;
        StallSquares += other.StallSquares;
        StallWatch += other.StallWatch;
    }

    private void CountOutcome(ViewOutcome outcome, int sign)
    {
        switch (outcome)
        {
            case ViewOutcome.PlaybackFailure:
                PlaybackFailures = sign;
                break;
            case ViewOutcome.StartFailure:
                StartFailures = sign;
                break;
            case ViewOutcome.StartDenial:
                StartDenials = sign;
                break;
            case ViewOutcome.ExitBeforeStart:
                ExitsBeforeStart = sign;
                break;
            case ViewOutcome.ExitInPreroll:
                ExitsInPreroll = sign;
                break;
            default:
                break;
        }
    }
}
