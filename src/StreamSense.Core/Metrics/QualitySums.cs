using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>The sums that the metrics of a group are made of: counts, microseconds, and products of them in 128 bits.</summary>
internal struct QualitySums
{
    // What every run of playing adds to lies together.
    public long Playing;
    public long BackgroundPlaying;

    /// <summary>Play time at known bitrate × rate, in microseconds × millionths.</summary>
    public Int128 MediaTime;

    /// <summary>kbps × <see cref="MediaTime"/>.</summary>
    public Int128 BitrateTime;

    public long Starting;
    public long StartingOfPlays;
    public long Rebuffering;
    public long Seeking;
    public long Ad;

    public long Attempts;
    public long Plays;
    public long StillStarting;
    public long ExitsBeforeStart;
    public long ExitsInPreroll;
    public long StartFailures;
    public long StartDenials;
    public long PlaybackFailures;
    public long Stalls;
    public long StalledPlays;
    public long BitrateSwitches;

    /// <summary>Plays that ended, and what they came to.</summary>
    public long EndedPlays;
    public long Bounces;
    public long CompletablePlays;
    public long Completions;

    public readonly long Watch => Starting + Playing + Rebuffering + Seeking;

    public readonly long WatchOfPlays => StartingOfPlays + Playing + Rebuffering + Seeking;

    /// <summary>Adds the seconds of a run of time, which may be negative to take one back.</summary>
    public void AddTime(in TimeSums time)
    {
        switch (time.State)
        {
            case ViewState.Playing:
                Playing += time.Length;
                BackgroundPlaying += time.Background;
                MediaTime += time.MediaTime;
                BitrateTime += time.BitrateTime;
                break;
            case ViewState.Rebuffering:
                Rebuffering += time.Length;
                break;
            case ViewState.Seeking:
                Seeking += time.Length;
                break;
            case ViewState.Starting when time.OfPlay:
                StartingOfPlays += time.Length;
                break;
            case ViewState.Starting:
                Starting += time.Length;
                break;
            case ViewState.Ad:
                Ad += time.Length;
                break;
            default:
                break;
        }
    }

    public void AddOutcome(ViewOutcome outcome)
    {
        switch (outcome)
        {
            case ViewOutcome.PlaybackFailure:
                PlaybackFailures++;
                break;
            case ViewOutcome.StartFailure:
                StartFailures++;
                break;
            case ViewOutcome.StartDenial:
                StartDenials++;
                break;
            case ViewOutcome.ExitBeforeStart:
                ExitsBeforeStart++;
                break;
            case ViewOutcome.ExitInPreroll:
                ExitsInPreroll++;
                break;
            default:
                break;
        }
    }

    public void Add(in QualitySums other)
    {
        Attempts += other.Attempts;
        Plays += other.Plays;
        StillStarting += other.StillStarting;
        ExitsBeforeStart += other.ExitsBeforeStart;
        ExitsInPreroll += other.ExitsInPreroll;
        StartFailures += other.StartFailures;
        StartDenials += other.StartDenials;
        PlaybackFailures += other.PlaybackFailures;
        Stalls += other.Stalls;
        StalledPlays += other.StalledPlays;
        BitrateSwitches += other.BitrateSwitches;
        EndedPlays += other.EndedPlays;
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
    }
}
