using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>The content that a list of ranges covers, each part once.</summary>
internal static class WatchedUnion
{
    /// <summary>Sorts ranges and joins those that touch.</summary>
    /// <param name="ranges">The ranges; overwritten with their union, in the order of the content.</param>
    /// <returns>How many ranges the union has.</returns>
    public static int Make(Span<WatchedRange> ranges)
    {
        ranges.Sort(static (a, b) => a.FromMicroseconds.CompareTo(b.FromMicroseconds));
        int count = 0;
        foreach (WatchedRange range in ranges)
        {
            if (count > 0 && range.FromMicroseconds <= ranges[count - 1].ToMicroseconds)
            {
                ref WatchedRange last = ref ranges[count - 1];
                last = last with { ToMicroseconds = Math.Max(last.ToMicroseconds, range.ToMicroseconds) };
            }
            else
            {
                ranges[count++] = range;
            }
        }

        return count;
    }

    /// <summary>Closes the narrowest holes of a union until it has few enough ranges.</summary>
    /// <returns>How many ranges are left.</returns>
    public static int Bridge(Span<WatchedRange> union, int most)
    {
        int count = union.Length;
        while (count > most)
        {
            int narrowest = 1;
            for (int i = 2; i < count; i++)
            {
                narrowest = Hole(union, i) < Hole(union, narrowest) ? i : narrowest;
            }

            union[narrowest - 1] = union[narrowest - 1] with { ToMicroseconds = union[narrowest].ToMicroseconds };
            union[(narrowest + 1)..count].CopyTo(union[narrowest..]);
            count--;
        }

        return count;
    }

    /// <summary>The length of what a union covers.</summary>
    /// <param name="union">The union.</param>
    /// <param name="duration">The length of the content, to which the union is cut; <see cref="Absent.Time"/> if not known.</param>
    public static long Length(ReadOnlySpan<WatchedRange> union, long duration)
    {
        long length = 0;
        foreach (WatchedRange range in union)
        {
            length += duration == Absent.Time
                ? range.ToMicroseconds - range.FromMicroseconds
                : Math.Max(0, Math.Min(range.ToMicroseconds, duration) - Math.Max(range.FromMicroseconds, 0));
        }

        return length;
    }

    private static long Hole(ReadOnlySpan<WatchedRange> union, int before) =>
        union[before].FromMicroseconds - union[before - 1].ToMicroseconds;
}
