using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Microseconds in each state of a view; mergeable.</summary>
/// <remarks>The states are exclusive; <see cref="BackgroundPlaying"/> is a part of <see cref="Playing"/>, and three members are parts
/// of <see cref="Ad"/>.</remarks>
public struct ViewTimes
{
    // What every run of playing adds to lies together.

    /// <summary>Playing content.</summary>
    public long Playing;

    /// <summary>The part of <see cref="Playing"/> in the background.</summary>
    public long BackgroundPlaying;

    /// <summary>Play time at known bitrate × rate, in microseconds × millionths.</summary>
    public Int128 MediaTime;

    /// <summary>kbps × <see cref="MediaTime"/>.</summary>
    public Int128 BitrateTime;

    /// <summary>No content frame yet, ads apart.</summary>
    public long Starting;

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

    /// <summary>The part of <see cref="Ad"/> in which the player waited for data.</summary>
    public long AdBuffering;

    /// <summary>
    /// The part of <see cref="Ad"/> in breaks before the content, by the break's own word or as no content had been shown.
    /// </summary>
    public long PrerollAd;

    /// <summary>The part of <see cref="Ad"/> in breaks after the content, by the break's own word.</summary>
    public long PostrollAd;

    /// <summary>Starting, playing, rebuffering and seeking: the time in which the viewer wanted to watch (CTA-2066).</summary>
    public readonly long Watch => Starting + Playing + Rebuffering + Seeking;

    /// <summary>Adds to the parts of ad time; <see cref="Ad"/> itself is added as the state that it is.</summary>
    internal void AddAd(long length, AdPlacement placement, bool buffering)
    {
        AdBuffering += buffering ? length : 0;
        PrerollAd += placement == AdPlacement.Pre ? length : 0;
        PostrollAd += placement == AdPlacement.Post ? length : 0;
    }

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
        if (time.IsAtKnownBitrate)
        {
            Int128 media = time.MediaOf(time.Length);
            MediaTime += media;
            BitrateTime += media * time.Kbps;
        }
    }
}
