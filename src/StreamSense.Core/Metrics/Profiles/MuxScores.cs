using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The points that Mux Data gives a view, in billionths, so that their sums are integers.</summary>
/// <remarks>
/// Source: Mux Data's public pages on its scores. The startup score is 8 ÷ (8 + seconds); the smoothness score is the mean of
/// 1 ÷ √(1 + (stalls ÷ 2)²) and e^(−10 × rebuffering ÷ watch time); each times 100.
/// </remarks>
internal static class MuxScores
{
    private const double Billionths = 100 * 1e9;
    private const double HalfScoreSeconds = 8;

    /// <summary>For how fast a view started.</summary>
    public static long Startup(long microseconds) =>
        (long)Math.Round(Billionths * HalfScoreSeconds / (HalfScoreSeconds + (microseconds / 1e6)));

    /// <summary>For how smoothly a play went.</summary>
    public static long Smoothness(in PlaybackSession session)
    {
        ref readonly ViewTimes times = ref session.Times;
        long watch = times.Playing + times.Rebuffering + times.Seeking;
        double ratio = watch == 0 ? 0 : (double)times.Rebuffering / watch;
        double halfCount = session.Stalls / 2d;
        double byCount = 1 / Math.Sqrt(1 + (halfCount * halfCount));
        return (long)Math.Round(Billionths * (byCount + Math.Exp(-10 * ratio)) / 2);
    }
}
