using System.Runtime.CompilerServices;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Plays by how long they played: fixed classes, so that merging adds them up exactly.</summary>
[InlineArray(Classes)]
internal struct PlayTimeCounts
{
    /// <summary>How many classes there are: one more than borders.</summary>
    public const int Classes = 13;

    private const long MicrosecondsPerSecond = 1_000_000;

    private static readonly int[] Borders = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 5400, 7200, 10_800];

    private long _first;

    /// <summary>The borders in seconds, ascending; a time on a border is above it.</summary>
    public static ReadOnlySpan<int> BorderSeconds => Borders;

    /// <summary>The class of a time.</summary>
    public static int ClassOf(long microseconds)
    {
        int place = 0;
        while (place < Borders.Length && microseconds >= Borders[place] * MicrosecondsPerSecond)
        {
            place++;
        }

        return place;
    }
}
