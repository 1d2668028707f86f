namespace StreamSense.Core.Sessions;

/// <summary>Microseconds in each state of a view; mergeable.</summary>
/// <remarks>The states are exclusive; <see cref="BackgroundPlaying"/> is a part of <see cref="Playing"/>.</remarks>
public struct ViewTimes
{
    /// <summary>No content frame yet, ads apart.</summary>
    public long Starting;

    /// <summary>Playing content.</summary>
    public long Playing;

    /// <summary>Stalled.</summary>
    public long Rebuffering;

    /// <summary>Seeking, and buffering that is no stall.</summary>
    public long Seeking;

    /// <summary>Paused.</summary>
    public long Paused;

    /// <summary>In a break or an ad.</summary>
    public long Ad;

    /// <summary>Silence of a playing view that no rule credits.</summary>
    public long Unknown;

    /// <summary>The part of <see cref="Playing"/> in the background.</summary>
    public long BackgroundPlaying;

    /// <summary>Play time at known bitrate × rate, in microseconds × millionths.</summary>
    public Int128 MediaTime;

    /// <summary>kbps × <see cref="MediaTime"/>.</summary>
    public Int128 BitrateTime;

    /// <summary>Starting, playing, rebuffering and seeking: the time in which the viewer wanted to watch (CTA-2066).</summary>
    public readonly long Watch => Starting + Playing + Rebuffering + Seeking;

    /// <summary>Adds a run of time to its state.</summary>
    internal void Add(in CreditedTime time)
    {
        switch (time.State)
        {
            case ViewState.Playing:
                AddPlaying(time);
                break;
            case ViewState.Rebuffering:
                Rebuffering += time.Length;
                break;
            case ViewState.Seeking:
                Seeking += time.Length;
                break;
            case ViewState.Starting:
                Starting += time.Length;
                break;
            case ViewState.Paused:
                Paused += time.Length;
                break;
            case ViewState.Ad:
                Ad += time.Length;
                break;
            default:
                break;
        }
    }

    private void AddPlaying(in CreditedTime time)
    {
        Playing += time.Length;
        BackgroundPlaying += time.Background ? time.Length : 0;
        if (time.Kbps != ViewRow.UnknownKbps)
        {
            Int128 media = (Int128)time.Length * time.RateMillionths;
            MediaTime += media;
            BitrateTime += media * time.Kbps;
        }
    }
}
