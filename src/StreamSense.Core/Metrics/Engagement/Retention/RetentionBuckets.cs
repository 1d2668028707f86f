using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>The hundred equal parts of a title.</summary>
internal static class RetentionBuckets
{
    /// <summary>How many there are.</summary>
    public const int Count = RetentionCurve.Buckets;

    /// <summary>The part in which a position lies; what is before or past the content belongs to its first or last part.</summary>
    public static int Of(long position, long duration)
    {
        if (position <= 0)
        {
            return 0;
        }

        if (position >= duration)
        {
            return Count - 1;
        }

        // The second way is for lengths of thousands of years, which a broken catalogue may give.
        return (int)(duration <= long.MaxValue / Count
            ? position * Count / duration
            : Math.Min(Count - 1, position / (duration / Count)));
    }

    /// <summary>The first and the last part that a range touches.</summary>
    public static (int First, int Last) Of(WatchedRange range, long duration) =>
        (Of(range.FromMicroseconds, duration), Of(range.ToMicroseconds - 1, duration));

    /// <summary>A bit for each part from one to another, both included.</summary>
    public static UInt128 MaskOf(int first, int last) => (UInt128.MaxValue >> (127 - last + first)) << first;
}
