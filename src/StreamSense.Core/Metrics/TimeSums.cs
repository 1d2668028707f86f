using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>What a run of time adds to each of the cells that it belongs to, worked out once for all of them.</summary>
internal readonly struct TimeSums
{
    public readonly ViewState State;

    /// <summary>Starting time that turned out to be that of a play.</summary>
    public readonly bool OfPlay;
    public readonly long Length;
    public readonly long Background;
    public readonly Int128 MediaTime;
    public readonly Int128 BitrateTime;

    /// <summary>The sums of a part of a run.</summary>
    public TimeSums(in CreditedTime time, long length, bool ofPlay)
    {
        State = time.State;
        OfPlay = ofPlay;
        Length = length;
        if (time.State == ViewState.Playing)
        {
            Background = time.Background ? length : 0;
            if (time.IsAtKnownBitrate)
            {
                MediaTime = time.MediaOf(length);
                BitrateTime = MediaTime * time.Kbps;
            }
        }
    }
}
