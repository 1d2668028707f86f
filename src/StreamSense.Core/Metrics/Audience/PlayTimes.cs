using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>How long plays were open and played: sums that merge exactly, and can be taken back.</summary>
internal struct PlayTimes
{
    /// <summary>One length of a title.</summary>
    public const long LengthUnit = 1_000_000_000;

    public long Plays;

    /// <summary>From the first frame to the end, pauses included; microseconds.</summary>
    public Int128 Open;

    /// <summary>Played; microseconds.</summary>
    public Int128 Played;

    /// <summary>Plays of known length, and the time that they played in billionths of it.</summary>
    public long Measured;
    public Int128 Lengths;

    public static PlayTimes Of(in PlaybackSession session)
    {
        var times = new PlayTimes
        {
            Plays = 1,
            Open = session.Ended.UnixMicroseconds - session.FirstFrame.UnixMicroseconds,
            Played = session.Times.Playing,
        };
        if (session.DurationMicroseconds != Absent.Time && session.DurationMicroseconds > 0)
        {
            times.Measured = 1;
            times.Lengths = (Int128)session.Times.Playing * LengthUnit / session.DurationMicroseconds;
        }

        return times;
    }

    public void Add(in PlayTimes other, int sign)
    {
        Plays += sign * other.Plays;
        Open += sign * other.Open;
        Played += sign * other.Played;
        Measured += sign * other.Measured;
        Lengths += sign * other.Lengths;
    }
}
